/// Where in a file something stands, so that every complaint can name the place to edit.
///
/// Lines and columns count from 1; a column counts characters (Unicode scalars), a tab is one.
package struct YAMLPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Where a file begins, for what concerns it as a whole.
  package static func start(of file: String) -> YAMLPosition { YAMLPosition(file: file, line: 1, column: 1) }

  /// `file:line:column`, the form editors and compilers jump to.
  package var description: String { "\(file):\(line):\(column)" }

  package static func < (left: YAMLPosition, right: YAMLPosition) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
