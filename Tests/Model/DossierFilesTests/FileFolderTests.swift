import DossierFiles
import DossierModel
import FileKit
import GatewayTesting
import Glibc
import ServiceKit
import Testing

@Suite("The folder of files")
struct FileFolderTests {
  static let bytes = Array("Tệp một".utf8)
  private let temporary = TemporaryFolder()
  private var path: String { temporary.path + "/files" }

  private func place(_ reference: FileReference) -> String {
    "\(path)/\(reference.sha256.prefix(2))/\(reference.sha256)"
  }

  /// Makes a file look as if nobody had asked for it since.
  private func age(_ reference: FileReference, to seconds: Int64) {
    var times = [timespec(tv_sec: Int(seconds), tv_nsec: 0), timespec(tv_sec: Int(seconds), tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, place(reference), &times, 0) == 0)
  }

  private func hiddenNames() -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(FileDraft.namePrefix) { names.append(name) }
    }
    return names
  }

  @Test("keeps a file under its hash, once, whole, and gives it back")
  func keeps() throws {
    let folder = FileFolder(path)
    let reference = FileReference(of: Self.bytes)
    #expect(try folder.content(of: reference, limit: 100) == nil)
    #expect(try !folder.touch(reference))
    #expect(try folder.claim(Self.bytes) == reference)
    #expect(try folder.claim(Self.bytes) == reference)
    #expect(try FileContent.read(place(reference), limit: 100) == Self.bytes)
    #expect(hiddenNames() == [])
    #expect(try FileFolder(path).content(of: reference, limit: 100) == Self.bytes)
    #expect(throws: FileError.self) { try folder.content(of: reference, limit: Self.bytes.count - 1) }
  }

  @Test("takes a file piece by piece, tells whether it is new, and keeps nothing of one that was not finished")
  func intake() throws {
    let folder = FileFolder(path)
    for isNew in [true, false] {
      let intake = try folder.take()
      for byte in Self.bytes { try withUnsafeBytes(of: byte) { try intake.receive($0) } }
      #expect(hiddenNames().count == 1)
      let (reference, wasNew) = try intake.finish()
      #expect(reference == FileReference(of: Self.bytes))
      #expect(wasNew == isNew)
    }
    do { _ = try folder.take() }
    #expect(hiddenNames() == [])
  }

  @Test("refuses bytes of another digest than was told, and keeps nothing of them")
  func otherDigest() throws {
    let folder = FileFolder(path)
    let told = FileReference(of: Array("khác".utf8))
    do {
      let intake = try folder.take()
      try Self.bytes.withUnsafeBytes { try intake.receive($0) }
      let error = try #require(throws: FileError.self) { try intake.finish(expected: told.sha256) }
      #expect(error.code == .damaged)
    }
    #expect(hiddenNames() == [])
    #expect(folder.size(of: FileReference(of: Self.bytes).sha256) == nil)
    #expect(folder.size(of: told.sha256) == nil)
  }

  @Test("never hands out a damaged file, and takes the file again in place of one that was cut")
  func damaged() throws {
    let folder = FileFolder(path)
    let reference = try folder.claim(Self.bytes)
    let file = try #require(fopen(place(reference), "w"))
    fputs("khác", file)
    fclose(file)
    let error = try #require(throws: FileError.self) { try folder.content(of: reference, limit: 100) }
    #expect(error.code == .damaged)
    _ = try folder.claim(Self.bytes)
    #expect(try folder.content(of: reference, limit: 100) == Self.bytes)
  }

  @Test("says so when it cannot be written")
  func blocked() throws {
    TestFiles.write("a file where a folder should be", to: temporary.path + "/blocked")
    let error = try #require(throws: FileError.self) {
      try FileFolder(temporary.path + "/blocked/files").claim(Self.bytes)
    }
    #expect(error.code == .unwritable)
  }

  @Test("remembers who handed a file over, as what a partner knows it, and what was found at an address")
  func notes() throws {
    let folder = FileFolder(path)
    let reference = try folder.claim(Self.bytes)
    let (one, two) = (PartyID("mot-cua"), PartyID("so-xay-dung"))
    #expect(try !folder.isSender(one, of: reference))
    try folder.noteSender(one, of: reference)
    try folder.noteUpload(PartnerFile(id: "F 1", hash: "abc"), of: reference, to: two)
    try folder.noteFetch(of: reference, from: "https://tep.example.vn/1", for: one)
    let again = FileFolder(path)
    #expect(try again.isSender(one, of: reference) && !again.isSender(two, of: reference))
    #expect(try again.upload(of: reference, to: two) == PartnerFile(id: "F 1", hash: "abc"))
    #expect(try again.upload(of: reference, to: one) == nil)
    #expect(try again.fetched(from: "https://tep.example.vn/1", for: one) == reference)
    // What one sender's address led to says nothing to another sender.
    #expect(try again.fetched(from: "https://tep.example.vn/1", for: two) == nil)
  }

  // MARK: Sweeping

  static let now = Timestamp(seconds: 1_790_000_000)
  static let grace = Duration.seconds(3_600)

  @Test("a sweep removes what no message names once its grace is over, and nothing else")
  func sweep() throws {
    let folder = FileFolder(path)
    let named = try folder.claim([1])
    let old = try folder.claim([2])
    let atLimit = try folder.claim([3])
    try folder.noteSender(PartyID("mot-cua"), of: old)
    let now = Self.now.seconds
    age(named, to: now - 1_000_000)
    age(old, to: now - 3_601)
    age(atLimit, to: now - 3_600)
    let report = try folder.sweep(at: Self.now, grace: Self.grace) { $0 == named.sha256 }
    #expect(report.files == 1 && report.bytes == 1)
    #expect(folder.size(of: old.sha256) == nil)
    #expect(folder.size(of: named.sha256) == 1 && folder.size(of: atLimit.sha256) == 1)
    // The file comes again, and with it nothing that was known of the old one's sender is needed.
    #expect(try folder.claim([2]) == old)
  }

  @Test("a file that somebody begins to rely on while the sweep asks about it stays")
  func sweepAgainstUse() throws {
    let folder = FileFolder(path)
    let reference = try folder.claim(Self.bytes)
    age(reference, to: Self.now.seconds - 1_000_000)
    let report = try folder.sweep(at: Timestamp(seconds: Int64(time(nil))), grace: Self.grace) { _ in
      // No message names it yet; one that does is on its way down the line just now.
      let isHere = try folder.touch(reference)
      #expect(isHere)
      return false
    }
    #expect(report == FileSweepReport())
    #expect(try folder.content(of: reference, limit: 100) == Self.bytes)
  }

  @Test("a reader of a file that a sweep removes reads on to its end")
  func sweepAgainstReader() throws {
    let folder = FileFolder(path)
    let reference = try folder.claim(Self.bytes)
    age(reference, to: 1)
    let (descriptor, count) = try #require(try folder.open(reference.sha256))
    defer { close(descriptor) }
    #expect(try folder.sweep(at: Self.now, grace: Self.grace) { _ in false }.files == 1)
    var bytes = [UInt8](repeating: 0, count: count)
    #expect(read(descriptor, &bytes, count) == count)
    #expect(bytes == Self.bytes)
  }

  @Test("a sweep that cannot ask whether a file is named removes nothing")
  func sweepBlind() throws {
    let folder = FileFolder(path)
    let reference = try folder.claim(Self.bytes)
    age(reference, to: 1)
    struct Blind: Error {}
    #expect(throws: Blind.self) { try folder.sweep(at: Self.now, grace: Self.grace) { _ in throw Blind() } }
    #expect(folder.size(of: reference.sha256) == Self.bytes.count)
  }

  @Test("a sweep removes drafts and notes that have become idle")
  func sweepRest() throws {
    let folder = FileFolder(path)
    let reference = try folder.claim(Self.bytes)
    try folder.noteSender(PartyID("mot-cua"), of: reference)
    TestFiles.write("half", to: "\(path)/\(FileDraft.namePrefix)1-1")
    age(reference, to: 1)
    let later = Timestamp(seconds: Int64(time(nil)) + 7_200)
    let report = try folder.sweep(at: later, grace: Self.grace) { _ in false }
    #expect(report.files == 1 && report.drafts == 1)
    #expect(hiddenNames() == [])
    #expect(try !folder.isSender(PartyID("mot-cua"), of: reference))
  }
}
