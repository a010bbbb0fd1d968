import DocumentKit
import FileKit

/// Walks a folder of mappings and collects what is wrong instead of stopping.
struct MappingFolderLoader {
  static let codesFolder = "codes"
  static let tableFile = "mapping.yaml"
  static let stylesheetFile = "transform.xsl"

  let folder: String
  let limits: TranslationLimits
  private(set) var errors: [MappingError] = []

  init(folder: String, limits: TranslationLimits) {
    self.folder = folder
    self.limits = limits
  }

  /// The tables of `codes/`; a folder without tables is not an error, mappings may do without.
  mutating func loadCodes() -> CodeTableRegistry {
    guard let top = listing(of: folder), top.folders.contains(Self.codesFolder) else { return .empty }
    let path = folder + "/" + Self.codesFolder
    var tables: [CodeTable] = []
    let limits = limits
    for file in listing(of: path)?.files ?? [] where file.hasSuffix(".yaml") {
      let path = path + "/" + file
      guard let document = document(path),
        let table = attempt({ () throws(MappingErrors) in
          try CodeTable(document, limits: limits)
        })
      else { continue }
      check(
        table.name, is: String(file.dropLast(".yaml".count)), Sentence("the table", "bảng mã"),
        at: document.root.position)
      tables.append(table)
    }
    return attempt { () throws(MappingErrors) in try CodeTableRegistry(tables) } ?? .empty
  }

  /// The names of all mappings.
  mutating func names() -> [String] { (listing(of: folder)?.folders ?? []).filter { $0 != Self.codesFolder } }

  mutating func loadMappings(_ names: [String], _ codes: CodeTableRegistry) -> [Mapping] {
    var mappings: [Mapping] = []
    for name in names {
      let path = folder + "/" + name
      let versions = listing(of: path)?.folders ?? []
      if versions.isEmpty {
        refuse(
          .name, at: path,
          Sentence("the folder of a mapping has no version", "thư mục của bản ánh xạ không có phiên bản nào"),
          remedy: Sentence("put it into a folder ‘1’", "hãy đặt vào thư mục ‘1’"))
      }
      for version in versions {
        guard let number = Int(version), number >= 1, String(number) == version else {
          refuse(
            .name, at: path + "/" + version,
            Sentence("‘\(version)’ is no version", "‘\(version)’ không phải là phiên bản"),
            remedy: Sentence("name the folder 1, 2, 3 …", "hãy đặt tên thư mục là 1, 2, 3 …"))
          continue
        }
        if let mapping = loadMapping(path + "/" + version, name, number, codes) { mappings.append(mapping) }
      }
    }
    return mappings
  }

  private mutating func loadMapping(
    _ path: String, _ name: String, _ version: Int, _ codes: CodeTableRegistry,
  ) -> Mapping? {
    let files = listing(of: path)?.files ?? []
    switch (files.contains(Self.tableFile), files.contains(Self.stylesheetFile)) {
    case (true, false): return loadTable(path + "/" + Self.tableFile, name, version, codes)
    case (false, true): return loadStylesheet(path + "/" + Self.stylesheetFile, name, version, codes)
    case (true, true):
      refuse(
        .name, at: path,
        Sentence("the folder holds a table and a stylesheet", "thư mục có cả bảng và bản định kiểu (stylesheet)"),
        remedy: Sentence("keep the one that translates", "hãy giữ cái dùng để dịch"))
    case (false, false):
      refuse(
        .name, at: path, Sentence("the folder holds no mapping", "thư mục không có bản ánh xạ"),
        remedy: Sentence(
          "add \(Self.tableFile) or \(Self.stylesheetFile)", "hãy thêm \(Self.tableFile) hoặc \(Self.stylesheetFile)"))
    }
    return nil
  }

  private mutating func loadTable(
    _ path: String, _ name: String, _ version: Int, _ codes: CodeTableRegistry,
  ) -> Mapping? {
    let limits = limits
    guard let document = document(path),
      let definition = attempt({ () throws(MappingErrors) in try MappingDefinition(document, limits: limits) })
    else { return nil }
    check(definition.name, is: name, Sentence("the mapping", "bản ánh xạ"), at: definition.position)
    checkVersion(definition.version, is: version, at: definition.position)
    return attempt { () throws(MappingErrors) in try Mapping(definition, codes: codes, limits: limits) }
  }

  private mutating func loadStylesheet(
    _ path: String, _ name: String, _ version: Int, _ codes: CodeTableRegistry,
  ) -> Mapping? {
    guard
      let stylesheet = attempt({ () throws(MappingErrors) in try StylesheetMapping(contentsOf: path, codes: codes) })
    else { return nil }
    let position = YAMLPosition(file: path, line: 1, column: 1)
    check(stylesheet.name, is: name, Sentence("the mapping", "bản ánh xạ"), at: position)
    checkVersion(stylesheet.version, is: version, at: position)
    return Mapping(stylesheet, limits: limits)
  }

  // MARK: Complaints

  private mutating func check(_ name: String, is expected: String, _ thing: Sentence, at position: YAMLPosition) {
    guard name != expected else { return }
    errors.append(
      MappingError(
        .name, at: position,
        Sentence(
          "\(thing) calls itself ‘\(name)’ and its file or folder ‘\(expected)’",
          "\(thing.vietnamese) tự gọi là ‘\(name)’ còn tệp hoặc thư mục là ‘\(expected)’"),
        remedy: Sentence("make both the same", "hãy để hai bên giống nhau")))
  }

  private mutating func checkVersion(_ version: Int, is expected: Int, at position: YAMLPosition) {
    guard version != expected else { return }
    errors.append(
      MappingError(
        .name, at: position,
        Sentence(
          "the mapping says version \(version) and its folder \(expected)",
          "bản ánh xạ ghi phiên bản \(version) còn thư mục là \(expected)"),
        remedy: Sentence("make both the same", "hãy để hai bên giống nhau")))
  }

  private mutating func listing(of path: String) -> FolderListing? {
    do throws(FileError) {
      return try FolderListing(of: path)
    } catch {
      refuse(
        .file, at: path,
        Sentence("the folder cannot be read: \(error.message)", "không đọc được thư mục: \(error.message)"),
        remedy: Sentence("check path and rights", "hãy kiểm tra đường dẫn và quyền truy cập"))
      return nil
    }
  }

  private mutating func document(_ path: String) -> YAMLDocument? {
    do throws(YAMLError) {
      return try YAMLDocument(contentsOf: path)
    } catch {
      errors.append(MappingError(error))
      return nil
    }
  }

  private mutating func attempt<Value>(_ make: () throws(MappingErrors) -> Value) -> Value? {
    do throws(MappingErrors) {
      return try make()
    } catch {
      errors += error.errors
      return nil
    }
  }

  private mutating func refuse(_ code: MappingError.Code, at path: String, _ message: Sentence, remedy: Sentence) {
    errors.append(MappingError(code, at: YAMLPosition(file: path, line: 1, column: 1), message, remedy: remedy))
  }
}
