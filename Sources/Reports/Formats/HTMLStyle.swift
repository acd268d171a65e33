/// The style of pages: the colours of figures, light and dark, and nothing from elsewhere.
enum HTMLStyle {
  /// The rules.
  static let text = """
    :root {
      color-scheme: light dark;
      --ground: #ffffff; --text: \(Ink.text.light); --quiet: #59636e; --rule: \(Ink.grid.light);
      --head: #f3f5f8; --stripe: #f8f9fb; --link: #0969da;
    }
    body {
      margin: 0; background: var(--ground); color: var(--text);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
    }
    main { max-width: 56rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
    h1 { font-size: 1.75rem; margin: 0 0 1.25rem; }
    h2 {
      font-size: 1.3rem; margin: 2.75rem 0 1rem; padding-top: 1.25rem;
      border-top: 1px solid var(--rule);
    }
    h3 { font-size: 1.1rem; margin: 2rem 0 0.75rem; }
    p, ul { margin: 0 0 1rem; }
    li { margin-bottom: 0.3rem; }
    p, li, figcaption { overflow-wrap: break-word; }
    a { color: var(--link); }
    code {
      font: 0.875em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;
      background: var(--head); border-radius: 4px; padding: 0.1em 0.3em;
    }
    figure { margin: 1.5rem 0; overflow-x: auto; }
    figure svg, figure img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
    figure svg { min-width: 36rem; }
    figcaption { color: var(--quiet); font-size: 0.9rem; margin-top: 0.6rem; }
    .table { overflow-x: auto; margin: 0 0 1.25rem; }
    table {
      border-collapse: collapse; font-size: 0.875rem; line-height: 1.4;
      font-variant-numeric: tabular-nums lining-nums;
    }
    th, td { padding: 0.35rem 0.75rem; text-align: left; vertical-align: top; }
    td:not(.number) { min-width: 5.5rem; }
    th { background: var(--head); font-weight: 600; vertical-align: bottom; }
    thead tr { border-bottom: 1.5px solid var(--quiet); }
    tbody tr { border-bottom: 1px solid var(--rule); }
    tbody tr:nth-child(even) { background: var(--stripe); }
    .number { text-align: right; }
    details { margin: 0 0 0.75rem; }
    summary { cursor: pointer; color: var(--link); }
    details[open] > summary { margin-bottom: 0.6rem; }
    @media (prefers-color-scheme: dark) {
    :root {
      --ground: #0d1117; --text: \(Ink.text.dark); --quiet: #9198a1; --rule: \(Ink.grid.dark);
      --head: #1a2029; --stripe: #12171e; --link: #58a6ff;
    }
    \(Ink.darkRules(filled: Set(Ink.all), stroked: Set(Ink.all)))
    }
    @media print {
      body { font-size: 10pt; }
      main { max-width: none; padding: 0; }
      h2 { break-after: avoid; }
      figure, tr { break-inside: avoid; }
      .table, figure { overflow: visible; }
      table { font-size: 7.5pt; }
      th, td { padding: 0.15rem 0.3rem; }
      details::details-content { content-visibility: visible; height: auto; }
      summary { color: inherit; list-style: none; }
    }
    """
}
