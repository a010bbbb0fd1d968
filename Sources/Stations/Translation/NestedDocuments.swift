package import DocumentKit

/// The documents inside strings that a translation read or wrote, so that each can be validated against its schema.
package struct NestedDocuments {
  package static var none: NestedDocuments { NestedDocuments() }

  /// In the order in which they were read.
  package internal(set) var read: [NestedDocument] = []
  /// In the order in which they were completed: one inside another comes first.
  package internal(set) var written: [NestedDocument] = []
}
