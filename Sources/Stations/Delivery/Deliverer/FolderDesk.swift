import HTTPKit
import JSONKit
import SFTPKit

/// What a poll asks of a folder, done on its server; belongs to the thread that does it.
struct FolderDesk {
  /// Bytes of a list of names and kinds: some ten thousand files.
  static let listBytes = 2 << 20
  /// Names in one answer that cannot be fetched: enough to see what is wrong.
  static let unusableNames = 20

  private let place: DestinationFolder
  private let session: SFTPSession

  init(_ place: DestinationFolder, _ session: SFTPSession) {
    self.place = place
    self.session = session
  }

  /// The files that `Names` means, with size and time of change; of those with a `Marker` only the ones beside which it stands.
  func list(_ folder: SFTPPath, _ fields: HTTPHeaders) throws(SFTPError) -> HTTPResponse {
    let patterns = (fields["Names"] ?? "").split(separator: " ").compactMap { FileNamePattern(String($0)) }
    let marker = fields["Marker"]
    let limit = Int(fields["Limit"] ?? "") ?? 0
    let names = try session.files(in: folder, limit: Self.listBytes)
    let known = Set(names)
    let meant = names.filter { name in
      guard patterns.contains(where: { $0.matches(name) }) else { return false }
      return marker.map { !name.hasSuffix($0) && known.contains(name + $0) } ?? true
    }
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("files")
    writer.beginArray()
    for name in meant.filter({ path(folder, $0) == nil }).prefix(Self.unusableNames) {
      Self.write(Self.shown(name), SFTPFile(size: 0, modified: 0), isUsable: false, to: &writer)
    }
    var count = 0
    var hasMore = false
    for name in meant {
      guard let path = path(folder, name) else { continue }
      guard count < limit else {
        hasMore = true
        break
      }
      guard let file = try status(path) else { continue }
      if let marker {
        // What was left behind by an earlier file says nothing about this one.
        guard let beside = self.path(folder, name + marker), let mark = try status(beside),
          mark.modified >= file.modified
        else { continue }
      }
      count += 1
      Self.write(name, file, isUsable: true, to: &writer)
    }
    writer.endArray()
    writer.name("more")
    writer.boolean(hasMore)
    writer.endObject()
    return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: writer.finish())
  }

  func get(_ file: SFTPPath, _ fields: HTTPHeaders) throws(SFTPError) -> HTTPResponse {
    do throws(SFTPError) {
      return HTTPResponse(status: 200, body: try session.get(file, limit: Int(fields["Limit"] ?? "") ?? 0))
    } catch {
      // It is there, and the others must not wait for it.
      guard error.code == .denied else { throw error }
      return HTTPResponse(status: 422)
    }
  }

  /// Moves a file to `Destination`, under its name or, where that is taken, with the `Moment` behind it; removes it where there
  /// is none. Its marker goes last: one that stays behind is older than the next file of this name.
  func putAway(_ file: SFTPPath, _ fields: HTTPHeaders) throws(SFTPError) -> HTTPResponse {
    if let destination = fields["Destination"] {
      guard try move(file, to: destination, moment: fields["Moment"] ?? "") else { return HTTPResponse(status: 409) }
    } else {
      do throws(SFTPError) {
        try session.remove(file)
      } catch {
        guard error.code == .notFound, try status(file) != nil else { throw error }
        return HTTPResponse(status: 409)
      }
    }
    if let marker = fields["Marker"], let beside = SFTPPath(file.description + marker) {
      do throws(SFTPError) {
        try session.remove(beside)
      } catch {
        guard error.code == .notFound else { throw error }
      }
    }
    return HTTPResponse(status: 200)
  }

  private func move(_ file: SFTPPath, to folder: String, moment: String) throws(SFTPError) -> Bool {
    for name in [file.name, "\(file.name).\(moment)"] {
      guard let target = SFTPPath("\(place.path)\(folder)/\(name)") else { continue }
      do throws(SFTPError) {
        try session.move(file, to: target)
        return true
      } catch {
        guard error.code == .renameRefused else { throw error }
      }
    }
    // It says nothing of why; where the file is gone there is nothing left to do.
    if try status(file) == nil { throw SFTPError(.notFound, "there is no such file") }
    return false
  }

  /// nil for a file that is gone. Of one that may not be read nothing is known.
  private func status(_ path: SFTPPath) throws(SFTPError) -> SFTPFile? {
    do throws(SFTPError) {
      return try session.status(of: path)
    } catch {
      switch error.code {
      case .notFound: return nil
      case .denied: return SFTPFile(size: 0, modified: 0)
      default: throw error
      }
    }
  }

  /// nil for a name that cannot be spoken of to every server.
  private func path(_ folder: SFTPPath, _ name: String) -> SFTPPath? {
    SFTPPath.isName(name) ? SFTPPath("\(folder)/\(name)") : nil
  }

  /// The name without characters that no document can have.
  private static func shown(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          let isControl = scalar.value < 0x20 || scalar.value == 0x7F || scalar.value & 0xFFFE == 0xFFFE
          return isControl ? "_" : scalar
        }))
  }

  private static func write(_ name: String, _ file: SFTPFile, isUsable: Bool, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("name")
    writer.string(name)
    writer.name("size")
    writer.integer(file.size)
    writer.name("modified")
    writer.integer(file.modified)
    writer.name("usable")
    writer.boolean(isUsable)
    writer.endObject()
  }
}
