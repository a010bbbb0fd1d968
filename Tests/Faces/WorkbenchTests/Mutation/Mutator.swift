import DocumentKit

@testable import Workbench

/// Breaks each constraint of a shape once, alone, in a valid sample.
struct Mutator {
  /// A constraint is known by its kind and declaration.
  struct Constraint: Hashable {
    let kind: Mutation.Kind
    let declaration: String
  }

  let shape: SchemaShape
  private let root: SampleNode
  private(set) var mutations: [Mutation] = []
  /// Constraints that were broken, in this sample or others.
  private(set) var broken: Set<Constraint>
  /// Constraints that no sample so far could be broken in alone, and why.
  private(set) var left: [Constraint: String]
  /// Declarations that the sample has.
  private(set) var reached: Set<SchemaShape.Place.ID> = []
  /// Members that this sample or others had in an object, by their names: with one of another branch an object has two.
  var members: [SchemaShape.Place.ID: [String: [SampleNode.Part]]]
  private var models: [SchemaShape.Place.ID: ContentModel] = [:]
  private let isExcluded: (SampleNode, _ path: String) -> Bool

  /// `broken`, `left` and `members` are of other samples of the same schema. `isExcluded` says whether a `oneOf` excludes a
  /// document at this place, which the shape does not tell from an `anyOf`.
  init(
    shape: SchemaShape, root: SampleNode, broken: Set<Constraint> = [], left: [Constraint: String] = [:],
    members: [SchemaShape.Place.ID: [String: [SampleNode.Part]]] = [:],
    isExcluded: @escaping (SampleNode, String) -> Bool = { _, _ in false },
  ) {
    self.shape = shape
    self.root = root
    self.broken = broken
    self.left = left
    self.members = members
    self.isExcluded = isExcluded
    visit(root, way: [], path: shape.format == .xml ? "/" + shape[root.place].name : "")
  }

  var isJSON: Bool { shape.format == .json }

  // MARK: Walking

  private mutating func visit(_ node: SampleNode, way: [Int], path: String) {
    reached.insert(node.place)
    reached.formUnion(node.attributes.map(\.place))
    breakText(of: node, way, path)
    breakAttributes(node, way, path)
    if isJSON { breakMembers(node, way, path) } else { breakContent(node, way, path) }
    for (index, part) in node.parts.enumerated() {
      guard case .node(let child) = part else { continue }
      visit(child, way: way + [index], path: self.path(of: index, in: node, at: path))
    }
  }

  func name(_ part: SampleNode.Part) -> String {
    switch part {
    case .node(let node): shape[node.place].name
    case .other: "khac"
    case .emptyList(let name): name
    }
  }

  /// Where the part of a node with this index is, in the words of findings.
  func path(of index: Int, in node: SampleNode, at path: String) -> String {
    let name = name(node.parts[index])
    let same = node.parts.indices.filter { self.name(node.parts[$0]) == name }
    let number = same.firstIndex(of: index) ?? 0
    guard isJSON else { return "\(path)/\(name)" + (same.count > 1 ? "[\(number + 1)]" : "") }
    guard case .node(let child) = node.parts[index] else { return path }
    let member = node.kind == .array ? "" : "/" + MemberName.unescaped(name)
    return path + member + (child.isList ? "/\(number)" : "")
  }

  /// The whole sample with the node at a way changed.
  private func changed(_ way: [Int], _ change: (inout SampleNode) -> Void) -> SampleNode {
    func apply(_ node: SampleNode, _ way: ArraySlice<Int>) -> SampleNode {
      var node = node
      guard let index = way.first, case .node(let child) = node.parts[index] else {
        change(&node)
        return node
      }
      node.parts[index] = .node(apply(child, way.dropFirst()))
      return node
    }
    return apply(root, way[...])
  }

  func isBroken(_ kind: Mutation.Kind, _ declaration: String) -> Bool {
    broken.contains(Constraint(kind: kind, declaration: declaration))
  }

  mutating func add(
    _ kind: Mutation.Kind, _ declaration: String, _ way: [Int], rules: Set<String>, paths: Set<String>,
    _ change: (inout SampleNode) -> Void,
  ) {
    let constraint = Constraint(kind: kind, declaration: declaration)
    guard broken.insert(constraint).inserted else { return }
    left[constraint] = nil
    mutations.append(
      Mutation(kind: kind, constraint: declaration, root: changed(way, change), rules: rules, paths: paths))
  }

  /// Changes a document of which the schema says that it fits one branch only, if it does say so.
  mutating func addIfExcluded(
    _ declaration: String, _ way: [Int], path: String, _ change: (inout SampleNode) -> Void,
  ) {
    guard !isBroken(.twoBranches, declaration), isExcluded(changed(way, change), path) else { return }
    add(.twoBranches, declaration, way, rules: ["oneOf"], paths: [path], change)
  }

  mutating func leave(_ kind: Mutation.Kind, _ declaration: String, _ reason: String) {
    let constraint = Constraint(kind: kind, declaration: declaration)
    if !broken.contains(constraint), left[constraint] == nil { left[constraint] = reason }
  }

  /// What the elements in a place may be.
  mutating func model(of place: SchemaShape.Place.ID) -> ContentModel {
    if let known = models[place] { return known }
    let model = shape[place].content.map { ContentModel($0, in: shape) } ?? .empty
    models[place] = model
    return model
  }
}
