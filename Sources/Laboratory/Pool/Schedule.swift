/// Which artifact comes next: pure bookkeeping over a plan.
///
/// Of the artifacts whose inputs are done, the one that heads the longest chain of remaining work
/// comes first; the plan's order decides between equals. Of a family of which none has succeeded, one
/// member is tried at a time, behind all else once one has failed.
struct Schedule {
  /// How far an artifact has come.
  enum Status: Hashable {
    /// Inputs are not done.
    case waiting
    /// Inputs are done.
    case ready
    /// A worker has it.
    case running
    /// Another process works on it.
    case elsewhere
    case done
    case failed
    /// It needs an artifact that failed.
    case blocked(by: Key)

    fileprivate var isUnfinished: Bool {
      switch self {
      case .waiting, .ready, .running, .elsewhere: true
      case .done, .failed, .blocked: false
      }
    }

    fileprivate var isLost: Bool { !isUnfinished && self != .done }
  }

  private let plan: Plan
  private var statuses: [Status]
  private let inputs: [[Int]]
  private let dependants: [[Int]]
  /// How many inputs of each artifact are not done.
  private var missing: [Int]
  /// Positions in the plan, the most urgent last.
  private let order: [Int]
  private let rank: [Int]
  /// Ranks of the ready artifacts, ascending.
  private var ready: [Int] = []
  /// Families of which none is done; the others' members need no trial.
  private var trials: [String: Trial] = [:]

  /// How a family's members fare.
  private struct Trial {
    /// The position of the member that is being tried.
    var member: Int?
    /// How many failed in which way.
    var failures: [String: Int] = [:]
  }

  /// After so many equal failures and no success a family's other members are given up.
  static let failuresAllowed = 2

  /// How many artifacts may still be computed.
  private(set) var unfinished = 0
  /// How many artifacts cannot be computed.
  private(set) var lost = 0

  /// Plans the work that is left.
  ///
  /// - Parameters:
  ///   - done: the keys of artifacts that are there.
  ///   - seconds: the estimated time of each artifact, in the plan's order.
  init(plan: Plan, done: Set<Key>, seconds: [Double]) {
    self.plan = plan
    // One artifact may play two roles in another.
    let inputs = plan.artifacts.map {
      Set($0.inputs.values).compactMap { plan.positions[$0] }.sorted()
    }
    var dependants = [[Int]](repeating: [], count: inputs.count)
    for (index, inputs) in inputs.enumerated() {
      for input in inputs { dependants[input].append(index) }
    }
    var chain = seconds
    for index in chain.indices.reversed() {
      chain[index] += dependants[index].map { chain[$0] }.max() ?? 0
    }
    order = chain.indices.sorted { (chain[$0], $1) < (chain[$1], $0) }
    var rank = [Int](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { rank[index] = place }
    self.rank = rank
    self.inputs = inputs
    self.dependants = dependants
    let isDone = plan.artifacts.map { done.contains($0.key) }
    statuses = isDone.map { $0 ? .done : .waiting }
    missing = inputs.map { $0.count { !isDone[$0] } }
    unfinished = isDone.count { !$0 }
    let proven = Set(
      plan.artifacts.indices.filter { isDone[$0] }.compactMap { plan.artifacts[$0].family })
    for family in plan.artifacts.compactMap(\.family) where !proven.contains(family) {
      trials[family] = Trial()
    }
    for index in statuses.indices where !isDone[index] { makeReadyIfPossible(index) }
  }

  /// How many artifacts could start now.
  var readyCount: Int {
    guard !trials.isEmpty else { return ready.count }
    var begun = Set(trials.filter { $0.value.member != nil }.keys)
    return ready.count { rank in
      guard let family = plan.artifacts[order[rank]].family, trials[family] != nil else {
        return true
      }
      return begun.insert(family).inserted
    }
  }

  /// How far an artifact has come; nil if it is not in the plan.
  subscript(key: Key) -> Status? { plan.positions[key].map { statuses[$0] } }

  /// The most urgent ready artifact, which is running from now on.
  mutating func next() -> Artifact? {
    func trial(_ rank: Int) -> Trial? { plan.artifacts[order[rank]].family.flatMap { trials[$0] } }
    guard
      let place = ready.lastIndex(where: {
        trial($0).map { $0.member == nil && $0.failures.isEmpty } ?? true
      })
        ?? ready.lastIndex(where: { trial($0)?.member == nil })
    else { return nil }
    let index = order[ready.remove(at: place)]
    if let family = plan.artifacts[index].family { trials[family]?.member = index }
    set(index, .running)
    return plan.artifacts[index]
  }

  /// An artifact is there; those that need it may become ready.
  mutating func finish(_ key: Key) {
    guard let index = plan.positions[key], statuses[index] != .done else { return }
    leaveReady(index)
    set(index, .done)
    if let family = plan.artifacts[index].family { trials[family] = nil }
    for dependant in dependants[index] {
      missing[dependant] -= 1
      if statuses[dependant] == .waiting { makeReadyIfPossible(dependant) }
    }
  }

  /// Another process works on an artifact.
  mutating func park(_ key: Key) {
    guard let index = plan.positions[key], statuses[index] == .running else { return }
    set(index, .elsewhere)
  }

  /// An artifact's work came to nothing and starts again.
  mutating func putBack(_ key: Key) {
    guard let index = plan.positions[key], [.running, .elsewhere].contains(statuses[index]) else {
      return
    }
    set(index, .waiting)
    endTrial(of: index)
    if let cause = inputs[index].compactMap(cause(of:)).first {
      // The input was lost while this one was running.
      block(index, by: cause)
    } else {
      makeReadyIfPossible(index)
    }
  }

  /// An artifact that was done must be done again; those that need it wait.
  mutating func redo(_ key: Key) {
    guard let index = plan.positions[key], statuses[index] == .done else { return }
    set(index, .waiting)
    for dependant in dependants[index] {
      missing[dependant] += 1
      guard statuses[dependant] == .ready else { continue }
      leaveReady(dependant)
      set(dependant, .waiting)
    }
    makeReadyIfPossible(index)
  }

  /// An artifact cannot be computed, so nothing that needs it can, nor the rest of its family where enough
  /// of them failed in the same way and none succeeded.
  ///
  /// - Parameter form: what equal failures have in common; nil for what may be chance.
  /// - Returns: how many of its family are given up.
  @discardableResult
  mutating func fail(_ key: Key, form: String? = nil) -> Int {
    guard let index = plan.positions[key] else { return 0 }
    leaveReady(index)
    set(index, .failed)
    for dependant in dependants[index] { block(dependant, by: key) }
    endTrial(of: index)
    guard let form, let family = plan.artifacts[index].family, trials[family] != nil else {
      return 0
    }
    let count = trials[family]?.failures[form, default: 0] ?? 0
    trials[family]?.failures[form] = count + 1
    guard count + 1 >= Schedule.failuresAllowed else { return 0 }
    let rest = statuses.indices.filter {
      plan.artifacts[$0].family == family && [.waiting, .ready].contains(statuses[$0])
    }
    for member in rest { block(member, by: key) }
    return rest.count
  }

  /// Another member of an artifact's family may be tried.
  private mutating func endTrial(of index: Int) {
    guard let family = plan.artifacts[index].family, trials[family]?.member == index else { return }
    trials[family]?.member = nil
  }

  /// Marks an artifact and all that need it, where they do not run already.
  private mutating func block(_ index: Int, by cause: Key) {
    var stack = [index]
    while let index = stack.popLast() {
      guard [.waiting, .ready].contains(statuses[index]) else { continue }
      leaveReady(index)
      set(index, .blocked(by: cause))
      stack += dependants[index]
    }
  }

  /// The failed artifact because of which an artifact is lost; nil if it is not.
  private func cause(of index: Int) -> Key? {
    switch statuses[index] {
    case .failed: plan.artifacts[index].key
    case .blocked(let cause): cause
    case .waiting, .ready, .running, .elsewhere, .done: nil
    }
  }

  private mutating func set(_ index: Int, _ status: Status) {
    unfinished += (status.isUnfinished ? 1 : 0) - (statuses[index].isUnfinished ? 1 : 0)
    lost += (status.isLost ? 1 : 0) - (statuses[index].isLost ? 1 : 0)
    statuses[index] = status
  }

  private mutating func makeReadyIfPossible(_ index: Int) {
    guard missing[index] == 0 else { return }
    set(index, .ready)
    ready.insert(rank[index], at: place(of: rank[index]))
  }

  private mutating func leaveReady(_ index: Int) {
    guard statuses[index] == .ready else { return }
    ready.remove(at: place(of: rank[index]))
  }

  /// Where a rank is, or would be, among the ready ones.
  private func place(of rank: Int) -> Int {
    var low = 0
    var high = ready.count
    while low < high {
      let middle = (low + high) / 2
      if ready[middle] < rank { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
