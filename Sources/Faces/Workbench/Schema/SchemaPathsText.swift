package import DocumentKit
import JSONKit

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
  package var json: [UInt8] {
    var writer = JSONWriter(indent: 2)
    writer.beginArray()
    for (root, leaf) in leaves {
      writer.beginObject()
      let occurs = SchemaRulesText.occurs(of: leaf)
      let texts = [
        ("root", root), ("path", leaf.path), ("type", SchemaRulesText.type(leaf.value)),
        ("kind", leaf.value.kind.rawValue),
      ]
      for (name, text) in texts {
        writer.name(name)
        writer.string(text)
      }
      writer.name("minimum")
      writer.integer(occurs.minimum)
      writer.name("maximum")
      if let maximum = occurs.maximum { writer.integer(maximum) } else { writer.null() }
      writer.name("required")
      writer.boolean(leaf.isAlwaysRequired)
      if let enumeration = leaf.value.enumeration { Self.write("enumeration", enumeration, to: &writer) }
      Self.write("facets", SchemaRulesText.facets(leaf.value), to: &writer)
      writer.name("recursive")
      writer.boolean(leaf.isRecursive)
      writer.name("note")
      writer.string(shape[leaf.place].note)
      writer.name("position")
      writer.string(shape[leaf.place].position)
      writer.endObject()
    }
    writer.endArray()
    return writer.finish() + [0x0A]
  }

  private static func write(_ name: String, _ texts: [String], to writer: inout JSONWriter) {
    writer.name(name)
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }
}
