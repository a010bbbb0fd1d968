/// A function in Swift that expressions and stylesheets can call.
///
/// It is given values, never nodes: a node-set arrives as the string values of its nodes. So a function cannot hold on
/// to a tree, and may run on any thread.
package struct XPathFunction: Sendable {
  /// What a function is called with.
  package enum Argument: Sendable, Equatable {
    /// The string values of a node-set in document order.
    case nodes([String])
    case string(String)
    case number(Double)
    case boolean(Bool)
  }

  /// What a function answers.
  package enum Answer: Sendable, Equatable {
    case string(String)
    case number(Double)
    case boolean(Bool)
  }

  /// Why a function cannot answer; the reason must not contain values of the document.
  package struct Failure: Error, Sendable {
    package let reason: String

    package init(_ reason: String) {
      self.reason = reason
    }
  }

  /// The name without prefix.
  package let name: String
  /// How many arguments it takes.
  package let arity: ClosedRange<Int>
  package let body: @Sendable ([Argument]) throws(Failure) -> Answer

  package init(
    _ name: String, arity: ClosedRange<Int>, body: @escaping @Sendable ([Argument]) throws(Failure) -> Answer
  ) {
    self.name = name
    self.arity = arity
    self.body = body
  }
}

extension XPathFunction.Argument {
  /// As XPath's `string()` converts it: of nodes the first one's.
  package var string: String {
    switch self {
    case .nodes(let texts): texts.first ?? ""
    case .string(let string): string
    case .number(let number): XPathNumber.string(number)
    case .boolean(let boolean): boolean ? "true" : "false"
    }
  }
}
