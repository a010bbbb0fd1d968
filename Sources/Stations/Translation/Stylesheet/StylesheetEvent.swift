/// Something that happened while a stylesheet was watched; the number is that of its part (`StylesheetPart`).
package enum StylesheetEvent: Sendable, Equatable {
  /// A template began, and ended.
  case enter(Int)
  case leave(Int)
  /// An instruction was come to that may do one thing or another.
  case reach(Int)
  /// One of its branches was taken.
  case take(Int)
  /// An instruction took so many nodes.
  case nodes(Int, count: Int)
  /// An instruction asked for templates, which begin next.
  case call(Int)
  /// An instruction or an element of the stylesheet is about to write.
  case write(Int)

  init?(_ name: String, _ part: Int, _ count: Int?) {
    switch name {
    case "enter": self = .enter(part)
    case "leave": self = .leave(part)
    case "reach": self = .reach(part)
    case "take": self = .take(part)
    case "nodes": self = .nodes(part, count: count ?? 0)
    case "call": self = .call(part)
    case "write": self = .write(part)
    default: return nil
    }
  }
}
