package import DocumentKit
package import JSONKit

/// One line of the table: what is read, how it is converted, where it is written.
package struct MappingRow: Sendable {
  package enum Content: Sendable {
    /// Text read from the source.
    case from(MappingDefinition.Expression)
    /// Constant text.
    case value(String)
    /// A group: rows below the element that `to` names.
    case rows([MappingRow])
    /// Rows that build a document of their own, whose text is written.
    case document(NestedTarget, [MappingRow])
  }

  /// What becomes of a row without a result.
  package enum EmptyPolicy: String, Sendable, CaseIterable {
    /// Nothing is written.
    case omit
    /// An empty text, element or object is written.
    case keep
    /// An empty JSON list is written.
    case list
  }

  /// The JSON type of what the row writes.
  package enum ValueType: String, Sendable, CaseIterable {
    case string
    case number
    case boolean
  }

  package let position: YAMLPosition
  package let target: TargetPath
  package let content: Content
  /// Once per node of this expression, with the node as context.
  package let each: MappingDefinition.Expression?
  /// Puts the nodes of `each` together by this text: once per distinct text, in order of first appearance, with the
  /// first node as context and all of them in the variable `$group`.
  package let groupBy: MappingDefinition.Expression?
  /// The rows below read the document inside this text; their context is its root element.
  package let parse: NestedSource?
  /// The row exists only where this is true.
  package let when: MappingDefinition.Expression?
  package let conversion: Conversion?
  /// The result must look so, or the document is refused.
  package let pattern: TextPattern?
  /// Most characters that are written.
  package let cut: Int?
  /// Written as it stands, in the target's spelling, where the source is empty.
  package let substitute: String?
  /// Why the default says nothing that could be wrong; where it is given, the default is in no report.
  package let substituteReason: String?
  /// An empty result refuses the document.
  package let isRequired: Bool
  package let empty: EmptyPolicy
  package let type: ValueType

  /// How the text of the source becomes the text of the target.
  package enum Conversion: Sendable {
    /// Read with the first table (a partner's code to a canonical one), written with the second; one may be absent.
    case codes(in: TableReference?, out: TableReference?)
    case time(in: TimeFormat, out: TimeFormat)
    case number(NumberFormat)
    case boolean(in: BooleanFormat, out: BooleanFormat)
    case base64(Base64Step)
    case part(NamePart)
    case file(FileForm)
  }

  /// The rows inside this one.
  package var children: [MappingRow] {
    switch content {
    case .from, .value: []
    case .rows(let rows), .document(_, let rows): rows
    }
  }

  /// A code table as a row names it, with what its columns and its dates are asked with.
  package struct TableReference: Sendable {
    package let name: String
    package let position: YAMLPosition
    /// The value of each column, as written.
    package let columns: [ColumnValue]
    /// The moment whose day decides, in a dated table.
    package let at: MappingDefinition.Expression?
    /// How that moment is written.
    package let atTime: TimeFormat
  }

  /// What a column of a code table is asked with.
  package struct ColumnValue: Sendable {
    package let column: String
    package let expression: MappingDefinition.Expression
    /// The place of the column's name.
    package let position: YAMLPosition
  }
}
