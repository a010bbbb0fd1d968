import FileKit
import Glibc
import Testing

@Suite("Files read whole")
struct FileKitTests {
  private func folder() -> String {
    var template = Array("/tmp/filekit-XXXXXX".utf8CString)
    mkdtemp(&template)
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func write(_ count: Int, to path: String) {
    let file = fopen(path, "w")
    for _ in 0..<count { fputc(65, file) }
    fclose(file)
  }

  @Test("are given up to the limit, and refused with one byte more")
  func limit() throws {
    let folder = folder()
    defer {
      unlink(folder + "/a")
      rmdir(folder)
    }
    write(1_000, to: folder + "/a")
    #expect(try FileContent.read(folder + "/a", limit: 1_000).count == 1_000)
    let error = #expect(throws: FileError.self) { try FileContent.read(folder + "/a", limit: 999) }
    #expect(error?.code == .tooLarge)
  }

  @Test("say where nothing is, and what cannot be read")
  func missing() {
    let error = #expect(throws: FileError.self) { try FileContent.read("/tmp/there-is-nothing-here", limit: 1) }
    #expect(error?.code == .missing && error?.description.hasPrefix("/tmp/there-is-nothing-here: ") == true)
    #expect((#expect(throws: FileError.self) { try FileContent.read("/tmp", limit: 1) })?.code == .unreadable)
    #expect((#expect(throws: FileError.self) { try FolderListing(of: "/tmp/there-is-nothing-here") })?.code == .missing)
  }

  @Test("are listed by name, apart from folders and without hidden ones")
  func listing() throws {
    let folder = folder()
    defer {
      for name in ["b.yaml", "a.yaml", ".hidden.yaml", "c.json"] { unlink(folder + "/" + name) }
      rmdir(folder + "/d")
      rmdir(folder)
    }
    for name in ["b.yaml", "a.yaml", ".hidden.yaml", "c.json"] { write(1, to: folder + "/" + name) }
    mkdir(folder + "/d", 0o700)
    let listing = try FolderListing(of: folder)
    #expect(listing.files == ["a.yaml", "b.yaml", "c.json"] && listing.folders == ["d"])
    #expect(FolderListing.files(in: folder, ending: ".yaml") == [folder + "/a.yaml", folder + "/b.yaml"])
  }
}
