package import DocumentKit
import XMLKit

/// Drafts a schema from sample documents: a place to begin, for somebody who knows the tongue to finish.
///
/// Every sample is valid against the draft. What all samples have is required; a list of values is drafted only from few
/// values seen often; nothing is closed that samples cannot show to be closed.
package struct SchemaInference {
  package let format: DocumentTree.Format
  /// How many samples it is drafted from.
  package let count: Int
  let roots: [InferredElement]

  /// Reads the samples, which are all JSON or all XML.
  package init(_ documents: [DocumentTree]) throws(InferenceError) {
    guard let first = documents.first else {
      throw InferenceError(description: "a schema is drafted from at least one document")
    }
    guard documents.allSatisfy({ $0.format == first.format }) else {
      throw InferenceError(description: "the documents are JSON and XML; a schema is drafted from one kind")
    }
    format = first.format
    count = documents.count
    var roots: [InferredElement] = []
    for document in documents {
      let known = roots.first { $0.name == document.root.localName && $0.namespace == document.root.namespace }
      let root = known ?? InferredElement(name: document.root.localName, namespace: document.root.namespace)
      if known == nil { roots.append(root) }
      root.learn(document.root, in: document)
    }
    self.roots = roots
  }

  /// The draft: JSON Schema 2020-12 for JSON, XSD 1.0 for XML.
  package func schema() throws(InferenceError) -> [UInt8] {
    switch format {
    case .json: InferredJSONSchema(note: note).bytes(roots[0])
    case .xml: try InferredXSD(note: note).bytes(roots)
    }
  }

  private var note: String {
    "Draft inferred from \(count) sample document\(count == 1 ? "" : "s"); types, requiredness and lists are what these "
      + "samples show and need a review."
  }
}
