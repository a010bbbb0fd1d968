import DocumentKit
import Translation
import Workbench

/// Opens the workbench for a command, and says everything that is wrong with its folders.
enum WorkbenchFiles {
  static let options = ["--mappings", "--schemas"]
  static let help = """
      --mappings DIR   the folder of mappings; Mappings unless told
      --schemas DIR    the folder of schemas; Schemas unless told
    """

  static func open(_ arguments: Arguments) throws(CommandFailure) -> Workbench {
    try open(schemas: arguments.value("--schemas") ?? "Schemas", mappings: arguments.value("--mappings") ?? "Mappings")
  }

  static func open(schemas: String, mappings: String) throws(CommandFailure) -> Workbench {
    do throws(MappingErrors) {
      return try Workbench(schemas: schemas, mappings: mappings)
    } catch {
      throw .unusable(
        Sentence("the mappings cannot be used:\n", "không dùng được các bản ánh xạ:\n")
          + Sentence(error.text(in: .english), error.text(in: .vietnamese)))
    }
  }

  /// Asks the workbench; what it cannot answer makes the call unusable.
  static func ask<Answer>(_ question: () throws(WorkbenchError) -> Answer) throws(CommandFailure) -> Answer {
    do throws(WorkbenchError) {
      return try question()
    } catch {
      throw .unusable(Sentence(error.message, "\(error.code.vietnamese): \(error.message)"))
    }
  }

  /// The mapping that `name` names, and the document at `path` as it reads it.
  static func load(
    _ workbench: Workbench, _ name: String, _ path: String,
  ) throws(CommandFailure) -> (mapping: Mapping, document: SourceDocument) {
    let bytes = try FileBytes.read(path)
    return try ask { () throws(WorkbenchError) in
      let mapping = try workbench.mapping(name)
      return (mapping, try SourceDocument(bytes, as: mapping.source.format, named: path))
    }
  }
}

extension WorkbenchError.Code {
  /// What goes before the workbench's own words.
  fileprivate var vietnamese: String {
    switch self {
    case .unknownMapping: "không có bản ánh xạ này"
    case .file: "không dùng được tệp"
    case .document: "không đọc được tài liệu"
    case .schema: "không dùng được lược đồ"
    case .mapping: "không hỏi được bản ánh xạ này như vậy"
    case .translation: "không chuyển đổi được"
    }
  }
}
