/// Which walk comes next: pure bookkeeping over a plan.
///
/// Of the walks whose inputs are done, the one that heads the longest chain of remaining work comes first; the
/// plan's order decides between equals. Of a family of which none has succeeded, one member is tried at a
/// time, behind all else once one has failed. An artifact that is made alone is a walk of one.
struct Schedule {
  /// How far an artifact has come.
  enum Status: Hashable {
    /// Inputs are not done, or its walk is under way without it.
    case waiting
    /// Inputs are done.
    case ready
    /// A worker has its walk.
    case running
    /// Another process works on its walk.
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

    fileprivate var isBusy: Bool { self == .running || self == .elsewhere }
    fileprivate var isIdle: Bool { self == .waiting || self == .ready }
    fileprivate var isLost: Bool { !isUnfinished && self != .done }
  }

  private let plan: Plan
  private var statuses: [Status]
  /// The artifacts that each walk needs, by their positions in the plan.
  private let inputs: [[Int]]
  /// The walks that need each artifact.
  private let dependants: [[Int]]
  /// How many inputs of each walk are not done.
  private var missing: [Int]
  /// The walks, the most urgent last.
  private let order: [Int]
  private let rank: [Int]
  /// Ranks of the ready walks, ascending.
  private var ready: [Int] = []
  private let families: [String?]
  /// Families of which none is done; the others' members need no trial.
  private var trials: [String: Trial] = [:]

  /// How a family's members fare.
  private struct Trial {
    /// The walk that is being tried.
    var walk: Int?
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
    let artifacts = plan.artifacts
    let isDone = artifacts.map { done.contains($0.key) }
    // One artifact may play two roles in another.
    let inputs = plan.walks.map { members in
      Set(artifacts[members[0]].inputs.values.compactMap { plan.positions[$0] }).sorted()
    }
    var dependants = [[Int]](repeating: [], count: artifacts.count)
    for (walk, inputs) in inputs.enumerated() {
      for input in inputs { dependants[input].append(walk) }
    }
    // A walk's first artifact stands behind its inputs' whole walks, so those that need it are known before.
    var chain = [Double](repeating: 0, count: inputs.count)
    for walk in chain.indices.reversed() {
      let missing = plan.walks[walk].filter { !isDone[$0] }
      var end = 0.0
      for index in missing.isEmpty ? plan.walks[walk] : missing {
        end += seconds[index]
        chain[walk] = max(chain[walk], end + (dependants[index].map { chain[$0] }.max() ?? 0))
      }
    }
    order = chain.indices.sorted { (chain[$0], $1) < (chain[$1], $0) }
    var rank = [Int](repeating: 0, count: order.count)
    for (place, walk) in order.enumerated() { rank[walk] = place }
    self.rank = rank
    self.inputs = inputs
    self.dependants = dependants
    statuses = isDone.map { $0 ? .done : .waiting }
    missing = inputs.map { $0.count { !isDone[$0] } }
    unfinished = isDone.count { !$0 }
    families = plan.walks.map { $0.lazy.compactMap { artifacts[$0].family }.first }
    let proven = Set(artifacts.indices.filter { isDone[$0] }.compactMap { artifacts[$0].family })
    for family in families.compactMap(\.self) where !proven.contains(family) {
      trials[family] = Trial()
    }
    for walk in order where missing[walk] == 0 {
      let waiting = plan.walks[walk].filter { statuses[$0] == .waiting }
      for index in waiting { statuses[index] = .ready }
      if !waiting.isEmpty { ready.append(rank[walk]) }
    }
  }

  /// How many walks could start now.
  var readyCount: Int {
    guard !trials.isEmpty else { return ready.count }
    var begun = Set(trials.filter { $0.value.walk != nil }.keys)
    return ready.count { rank in
      guard let family = families[order[rank]], trials[family] != nil else { return true }
      return begun.insert(family).inserted
    }
  }

  /// What is left to do of an artifact's walk, in the walk's order.
  func unfinished(of key: Key) -> [Artifact] {
    members(of: key).filter { statuses[$0].isUnfinished }.map { plan.artifacts[$0] }
  }

  /// How far an artifact has come; nil if it is not in the plan.
  subscript(key: Key) -> Status? { plan.positions[key].map { statuses[$0] } }

  /// What is there or is to be made of the most urgent ready walk, which is running from now on, in the walk's
  /// order.
  mutating func next() -> [Artifact]? {
    func trial(_ rank: Int) -> Trial? { families[order[rank]].flatMap { trials[$0] } }
    guard
      let place = ready.lastIndex(where: {
        trial($0).map { $0.walk == nil && $0.failures.isEmpty } ?? true
      })
        ?? ready.lastIndex(where: { trial($0)?.walk == nil })
    else { return nil }
    let walk = order[ready.remove(at: place)]
    if let family = families[walk] { trials[family]?.walk = walk }
    for index in plan.walks[walk] where statuses[index] == .ready { set(index, .running) }
    return plan.walks[walk].filter { statuses[$0] == .running || statuses[$0] == .done }
      .map { plan.artifacts[$0] }
  }

  /// An artifact is there; those that need it may become ready.
  mutating func finish(_ key: Key) {
    guard let index = plan.positions[key], statuses[index] != .done else { return }
    let walk = plan.walkIndices[index]
    set(index, .done)
    if let family = families[walk] { trials[family] = nil }
    for dependant in dependants[index] {
      missing[dependant] -= 1
      settle(dependant)
    }
    settle(walk)
  }

  /// Another process works on an artifact's walk.
  mutating func park(_ key: Key) {
    for index in members(of: key) where statuses[index] == .running { set(index, .elsewhere) }
  }

  /// The work of an artifact's walk came to nothing, or to an end before all was done, and starts again.
  mutating func putBack(_ key: Key) {
    guard let first = plan.positions[key] else { return }
    let walk = plan.walkIndices[first]
    for index in plan.walks[walk] where statuses[index].isBusy { set(index, .waiting) }
    endTrial(of: walk)
    if let cause = inputs[walk].compactMap(cause(of:)).first {
      // The input was lost while this one was running.
      for index in plan.walks[walk] { block(index, by: cause) }
    }
    settle(walk)
  }

  /// An artifact that was done must be done again; those that need it wait.
  mutating func redo(_ key: Key) {
    guard let index = plan.positions[key], statuses[index] == .done else { return }
    set(index, .waiting)
    for dependant in dependants[index] {
      missing[dependant] += 1
      settle(dependant)
    }
    settle(plan.walkIndices[index])
  }

  /// An artifact cannot be computed, nor what else is to be made of its walk, so nothing that needs it can, nor
  /// the rest of its family where enough of them failed in the same way and none succeeded.
  ///
  /// - Parameter form: what equal failures have in common; nil for what may be chance.
  /// - Returns: what failed, and how many of its family are given up.
  @discardableResult
  mutating func fail(_ key: Key, form: String? = nil) -> (failed: [Artifact], givenUp: Int) {
    guard let first = plan.positions[key] else { return ([], 0) }
    let walk = plan.walkIndices[first]
    let failed = lost(with: first)
    for index in failed {
      set(index, .failed)
      for dependant in dependants[index] {
        for member in plan.walks[dependant] { block(member, by: plan.artifacts[index].key) }
      }
    }
    settle(walk)
    endTrial(of: walk)
    return (failed.map { plan.artifacts[$0] }, giveUp(familyOf: walk, form: form, because: key))
  }

  /// What cannot be made if an artifact cannot: one that was done takes none of its walk with it, and one
  /// that somebody works on none that is to come again.
  private func lost(with index: Int) -> [Int] {
    if statuses[index] == .done { return [index] }
    let members = plan.walks[plan.walkIndices[index]]
    let busy = members.filter { statuses[$0].isBusy }
    return busy.isEmpty ? members.filter { statuses[$0].isUnfinished } : busy
  }

  /// Gives up the rest of a family after enough equal failures.
  private mutating func giveUp(familyOf walk: Int, form: String?, because key: Key) -> Int {
    guard let form, let family = families[walk], trials[family] != nil else { return 0 }
    trials[family]?.failures[form, default: 0] += 1
    guard trials[family]?.failures[form] ?? 0 >= Schedule.failuresAllowed else { return 0 }
    let rest = plan.walks.indices.filter { families[$0] == family }
      .flatMap { plan.walks[$0] }.filter { statuses[$0].isIdle }
    for member in rest { block(member, by: key) }
    return rest.count
  }

  /// Another member of a walk's family may be tried.
  private mutating func endTrial(of walk: Int) {
    guard let family = families[walk], trials[family]?.walk == walk else { return }
    trials[family]?.walk = nil
  }

  /// Marks an artifact and all that need it, where they do not run already.
  private mutating func block(_ index: Int, by cause: Key) {
    var stack = [index]
    while let index = stack.popLast() {
      guard statuses[index].isIdle else { continue }
      set(index, .blocked(by: cause))
      settle(plan.walkIndices[index])
      stack += dependants[index].flatMap { plan.walks[$0] }
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

  private func members(of key: Key) -> [Int] {
    plan.positions[key].map { plan.walks[plan.walkIndices[$0]] } ?? []
  }

  /// Brings it up to date whether a walk could start: its inputs are done, nobody is on it, and something of
  /// it is to be made.
  private mutating func settle(_ walk: Int) {
    let members = plan.walks[walk]
    let canStart = missing[walk] == 0 && !members.contains { statuses[$0].isBusy }
    var isReady = false
    for index in members where statuses[index].isIdle {
      set(index, canStart ? .ready : .waiting)
      isReady = canStart
    }
    let place = place(of: rank[walk])
    let wasReady = place < ready.count && ready[place] == rank[walk]
    if isReady, !wasReady { ready.insert(rank[walk], at: place) }
    if !isReady, wasReady { ready.remove(at: place) }
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
