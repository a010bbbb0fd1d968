package import FileKit
import JSONKit
package import ServiceKit

/// The editions of a gateway's dictionaries on its disk: `<folder>/<profile>/<dictionary>/000001.json` and so on, each
/// written once and never changed, and beside them how the fetching stands.
///
/// The gateway and `lienthong dictionary` may use it at the same time: who makes an edition holds a lock meanwhile.
package struct DictionaryFolder: Sendable {
  /// Its name in the data folder.
  package static let standardName = "dictionaries"
  private static let standingFile = "standing.json"
  private static let lockFile = ".lock"
  private static let ending = ".json"
  private static let digits = 6

  private let path: String
  private let limits: DictionaryLimits

  package init(_ path: String, limits: DictionaryLimits = .standard) {
    self.path = path
    self.limits = limits
  }

  /// Those of which something is here, in order.
  package func names() -> [DictionaryName] {
    guard let profiles = try? FolderListing(of: path).folders else { return [] }
    return profiles.flatMap { profile in
      ((try? FolderListing(of: "\(path)/\(profile)").folders) ?? []).compactMap {
        DictionaryName(profile: profile, dictionary: $0)
      }
    }.sorted()
  }

  /// Numbers of the editions that are here, in order.
  package func numbers(of name: DictionaryName) -> [Int] {
    guard let files = try? FolderListing(of: folder(of: name)).files else { return [] }
    return files.compactMap { file in
      guard file.hasSuffix(Self.ending), file.utf8.count == Self.digits + Self.ending.utf8.count else { return nil }
      return Int(file.dropLast(Self.ending.count))
    }.sorted()
  }

  /// Throws `damaged` for a file that is no edition of this dictionary and number.
  package func edition(_ number: Int, of name: DictionaryName) throws(FileError) -> DictionaryEdition {
    let file = file(number, of: name)
    let bytes = try FileContent.read(file, limit: limits.editionBytes)
    let json = JSONLimits(bytes: limits.editionBytes, values: 20_000_000)
    guard let root = try? JSONDocument(parsing: bytes, limits: json).root, let edition = DictionaryEdition(root),
      edition.dictionary == name, edition.number == number
    else {
      throw FileError(.damaged, path: file, message: "it is no edition of \(name); put back a copy, or remove it")
    }
    return edition
  }

  /// The latest edition that can be read; nil where there is none.
  ///
  /// - Parameter isDamaged: hears of each later one that cannot.
  package func latest(of name: DictionaryName, isDamaged: (FileError) -> Void = { _ in }) -> DictionaryEdition? {
    for number in numbers(of: name).reversed() {
      do throws(FileError) {
        return try edition(number, of: name)
      } catch {
        isDamaged(error)
      }
    }
    return nil
  }

  package func standing(of name: DictionaryName) -> FetchStanding {
    guard let bytes = try? FileContent.read(folder(of: name) + "/" + Self.standingFile, limit: 1 << 20),
      let root = try? JSONDocument(parsing: bytes).root
    else { return FetchStanding() }
    return FetchStanding(root)
  }

  /// Takes a list that was fetched: keeps the edition that it makes, if it makes one, and how the fetching stands.
  ///
  /// - Parameters:
  ///   - vanishingPercent: of the limits, where the dictionary has its own.
  ///   - isShrinkingMeant: an operator has looked and says that so many codes are really gone.
  package func take(
    _ listed: [ListedCode], of name: DictionaryName, at now: Timestamp, vanishingPercent: Int? = nil,
    isShrinkingMeant: Bool = false
  ) throws(FileError) -> DictionaryEdition.Succession {
    var limits = limits
    limits.vanishingPercent = vanishingPercent ?? limits.vanishingPercent
    return try locking(name) { () throws(FileError) in
      let succession = DictionaryEdition.next(
        after: latest(of: name), of: name, numbered: (numbers(of: name).last ?? 0) + 1, listed: listed, at: now,
        isShrinkingMeant: isShrinkingMeant, limits: limits)
      var standing = standing(of: name)
      switch succession {
      case .unchanged: standing.succeeded(at: now)
      case .refused(let reason): standing.failed(reason, at: now)
      case .edition(let edition):
        try keep(edition)
        standing.succeeded(at: now)
      }
      try write(standing, of: name)
      return succession
    }
  }

  /// Notes an attempt that brought no list.
  package func fail(_ note: String, of name: DictionaryName, at now: Timestamp) throws(FileError) {
    try locking(name) { () throws(FileError) in
      var standing = standing(of: name)
      standing.failed(note, at: now)
      try write(standing, of: name)
    }
  }

  /// Removes what programs that were killed left half written; how many files it was.
  @discardableResult
  package func removeDrafts() throws(FileError) -> Int {
    var count = 0
    for name in names() {
      // Whoever writes holds the lock.
      try locking(name) { () throws(FileError) in count += FileDraft.removeAll(in: folder(of: name)) }
    }
    return count
  }

  private func keep(_ edition: DictionaryEdition) throws(FileError) {
    let (bytes, file) = (edition.json, file(edition.number, of: edition.dictionary))
    guard bytes.count <= limits.editionBytes else {
      throw FileError(.tooLarge, path: file, message: "the edition has more than \(limits.editionBytes) bytes")
    }
    try DurableFile.write(bytes, to: file)
  }

  private func write(_ standing: FetchStanding, of name: DictionaryName) throws(FileError) {
    try DurableFile.write(standing.json, to: folder(of: name) + "/" + Self.standingFile)
  }

  /// Nobody else makes an edition meanwhile, be it another thread or another program.
  private func locking<Result>(
    _ name: DictionaryName, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    for folder in [path, "\(path)/\(name.profile)", folder(of: name)] { try DurableFile.makeFolder(folder) }
    let lock = try FileLock(folder(of: name) + "/" + Self.lockFile)
    let result = try body()
    _ = consume lock
    return result
  }

  private func folder(of name: DictionaryName) -> String { "\(path)/\(name.profile)/\(name.dictionary)" }

  private func file(_ number: Int, of name: DictionaryName) -> String {
    let text = String(number)
    let zeros = String(repeating: "0", count: max(0, Self.digits - text.utf8.count))
    return "\(folder(of: name))/\(zeros)\(text)\(Self.ending)"
  }
}
