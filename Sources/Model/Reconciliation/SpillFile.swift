import DossierModel
import Glibc
import ServiceKit

/// Sorted parts of a list on the disk, in a file that has no name and is gone with this value. It holds codes of dossiers,
/// procedures, statuses and times, and is for this user alone.
final class SpillFile {
  private let descriptor: Int32
  private var end: off_t = 0
  private(set) var runs: [Run] = []

  init() throws(ListError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/lienthong-sort-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.failure("made", errno) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  private static func failure(_ what: String, _ code: Int32) -> ListError {
    ListError(
      .unreadable,
      "a file for sorting cannot be \(what): \(String(cString: strerror(code))); TMPDIR names another folder")
  }

  /// Writes rows that are in order as one more part.
  func append(_ rows: [ListedDossier]) throws(ListError) {
    let begin = end
    var bytes: [UInt8] = []
    for row in rows {
      Self.write(row, to: &bytes)
      if bytes.count >= 1_024 * 1_024 { try flush(&bytes) }
    }
    try flush(&bytes)
    runs.append(Run(file: self, from: begin, to: end))
  }

  private func flush(_ bytes: inout [UInt8]) throws(ListError) {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress! + start, $0.count - start, end) }
      if written < 0 {
        if errno == EINTR { continue }
        throw Self.failure("written", errno)
      }
      start += written
      end += off_t(written)
    }
    bytes.removeAll(keepingCapacity: true)
  }

  fileprivate func read(at place: off_t, upTo count: Int) throws(ListError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let got = pread(descriptor, &bytes, count, place)
      if got > 0 { return Array(bytes[..<got]) }
      if got < 0, errno == EINTR { continue }
      throw Self.failure("read", got < 0 ? errno : EIO)
    }
  }

  // A row is its fields, each with a byte behind it that no field holds: readers of lists refuse control characters.
  fileprivate static let separator: UInt8 = 0x1F

  private static func write(_ row: ListedDossier, to bytes: inout [UInt8]) {
    let fields = [
      row.code.text, row.procedure, row.status?.rawValue, row.unknownStatus,
      (row.receivedAt?.microseconds).map { String($0) },
    ]
    for field in fields {
      bytes += (field ?? "").utf8
      bytes.append(separator)
    }
  }

  /// One sorted part, read from its beginning in pieces.
  struct Run {
    let file: SpillFile
    private var place: off_t
    let end: off_t
    private var piece: ArraySlice<UInt8> = []
    private static let pieceBytes = 65_536

    init(file: SpillFile, from place: off_t, to end: off_t) {
      self.file = file
      self.place = place
      self.end = end
    }

    mutating func next() throws(ListError) -> ListedDossier? {
      if piece.isEmpty, place >= end { return nil }
      let code = DossierCode(try field())
      let procedure = try field()
      let status = DossierStatus(rawValue: try field())
      let unknown = try field()
      let received = Int64(try field())
      return ListedDossier(
        code, procedure: procedure.isEmpty ? nil : procedure, status: status,
        unknownStatus: unknown.isEmpty ? nil : unknown, receivedAt: received.map { Timestamp(microseconds: $0) })
    }

    private mutating func field() throws(ListError) -> String {
      while true {
        if let stop = piece.firstIndex(of: SpillFile.separator) {
          defer { piece = piece[(stop + 1)...] }
          return String(decoding: piece[..<stop], as: UTF8.self)
        }
        let more = try file.read(at: place, upTo: min(Self.pieceBytes, Int(end - place)))
        place += off_t(more.count)
        piece = (Array(piece) + more)[...]
      }
    }
  }
}
