import DocumentKit
import FileKit
import Glibc
import XMLKit

/// A list of dossiers in a file of a sender or of the portal: a table (CSV), JSON or XML.
///
/// A table's first row names its columns. In JSON and XML a dossier is whatever has a member or an element with its code. A table
/// is read row by row, however long; a document is read whole, up to ``ListLimits/documentBytes``.
package enum ListFile {
  package enum Format: String, Sendable, CaseIterable {
    case csv
    case json
    case xml
  }

  /// By the end of its name; nil for any other.
  package static func format(of path: String) -> Format? {
    Format.allCases.first { path.lowercased().hasSuffix("." + $0.rawValue) }
  }

  /// Reads and sorts the list.
  package static func read(
    _ path: String, as format: Format, limits: ListLimits = .standard
  ) throws(ListError) -> any OrderedList<ListedDossier> {
    switch format {
    case .csv: try table(path, limits)
    case .json: try document(path, .json, limits)
    case .xml: try document(path, .xml, limits)
    }
  }

  // MARK: Tables

  private static func table(_ path: String, _ limits: ListLimits) throws(ListError) -> any OrderedList<ListedDossier> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    var reader = TableReader(limit: limits.rowBytes) { () throws(ListError) in try piece(of: descriptor) }
    guard let head = try reader.next() else {
      throw ListError(.missingColumn, "the table is empty; its first row names the columns")
    }
    let columns = head.map { ListColumn.named($0) }
    guard columns.contains(.code) else {
      throw ListError(
        .missingColumn, "no column is called \(ListColumn.code.names.joined(separator: " or "))", line: reader.line)
    }
    var sorter = DossierSorter(limits: limits)
    while let row = try reader.next() {
      var texts: [ListColumn: String] = [:]
      // Of two columns with one meaning the first one that says something holds.
      for case (let column?, let text) in zip(columns, row) where (texts[column] ?? "").isEmpty { texts[column] = text }
      try sorter.add(try ListedDossier(reading: texts, line: reader.line))
    }
    return try sorter.finish()
  }

  private static func piece(of descriptor: Int32) throws(ListError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &bytes, bytes.count)
      if count >= 0 { return Array(bytes[..<count]) }
      if errno != EINTR { throw failure(errno) }
    }
  }

  private static func failure(_ code: Int32) -> ListError {
    ListError(.unreadable, "it cannot be read: \(String(cString: strerror(code)))")
  }

  // MARK: Documents

  private static func document(
    _ path: String, _ format: DocumentTree.Format, _ limits: ListLimits
  ) throws(ListError) -> any OrderedList<ListedDossier> {
    let tree: DocumentTree
    do {
      tree = try DocumentTree(parsing: try FileContent.read(path, limit: limits.documentBytes), as: format)
    } catch let error as FileError {
      throw ListError(.unreadable, "it cannot be read: \(error.message); a long list comes as CSV", cause: error)
    } catch let error as DocumentError {
      throw ListError(.malformed, error.message, line: error.line, cause: error)
    } catch {
      throw ListError(.unreadable, "it cannot be read: \(error)", cause: error)
    }
    var sorter = DossierSorter(limits: limits)
    var waiting = [tree.root]
    while let node = waiting.popLast() {
      var texts: [ListColumn: String] = [:]
      for child in node.elements {
        guard let column = ListColumn.named(child.localName), child.elements.isEmpty else { continue }
        texts[column] = texts[column] ?? child.text
      }
      if texts[.code] != nil {
        try sorter.add(try ListedDossier(reading: texts, line: tree.position(of: node)?.line))
      } else {
        waiting += node.elements
      }
    }
    return try sorter.finish()
  }
}
