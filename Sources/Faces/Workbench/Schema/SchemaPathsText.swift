package import DocumentKit
package import JSONKit

/// The leaf paths of a schema, one on a line or as JSON.
package struct SchemaPathsText {
  private let shape: SchemaShape
  private let leaves: [(root: String, leaf: SchemaLeaf)]

  package init(_ shape: SchemaShape, roots: [SchemaShape.Place.ID]) {
    self.shape = shape
    leaves = roots.flatMap { root in shape.leaves(of: root).map { (shape[root].name, $0) } }
  }

  /// Path, cardinality, type, enumeration and facets, in columns; the path begins with the root.
  package var lines: [String] {
    let rows = leaves.map { root, leaf in
      [
        leaf.path.isEmpty ? root : "\(root)/\(leaf.path)", SchemaRulesText.text(SchemaRulesText.occurs(of: leaf)),
        SchemaRulesText.type(leaf.value), Self.rules(leaf),
      ]
    }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let columns = row.enumerated().map { index, text in
        index < 3 ? text + String(repeating: " ", count: widths[index] - text.count) : text
      }
      return String(columns.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func rules(_ leaf: SchemaLeaf) -> String {
    var parts = leaf.value.enumeration.map { ["{" + $0.joined(separator: "|") + "}"] } ?? []
    parts += SchemaRulesText.facets(leaf.value)
    if leaf.isRecursive { parts.append("contains itself") }
    return parts.joined(separator: ", ")
  }

  /// An array of objects: `root`, `path`, `type`, `kind`, `minimum`, `maximum` (null: without bound), `required`,
  /// `enumeration`, `facets`, `recursive`, `note`, `position`.
  package func writeJSON(to writer: inout JSONWriter) {
    writer.beginArray()
    for (root, leaf) in leaves {
      writer.beginObject()
      writer.member("root", root)
      writer.member("path", leaf.path)
      SchemaRulesText.write(leaf.value, to: &writer)
      SchemaRulesText.write(SchemaRulesText.occurs(of: leaf), to: &writer)
      writer.member("required", leaf.isAlwaysRequired)
      writer.member("recursive", leaf.isRecursive)
      writer.member("note", shape[leaf.place].note)
      writer.member("position", shape[leaf.place].position)
      writer.endObject()
    }
    writer.endArray()
  }
}
