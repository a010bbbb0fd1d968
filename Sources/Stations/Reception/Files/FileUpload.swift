import DossierFiles
import DossierModel
import FileKit
import HTTPKit
import JSONKit
import Synchronization

/// One file on its way from a connection into the folder.
final class FileUpload: HTTPBodySink {
  private let intake: FileIntake
  private let party: PartyID
  private let folder: FileFolder
  private let keeper: FileKeeper
  /// The digest that the sender told, in hexadecimal.
  private let expected: String?
  private let release: @Sendable () -> Void

  /// `release` is called once when the file is in, or will never be.
  init(
    _ intake: FileIntake, from party: PartyID, into folder: FileFolder, keeper: FileKeeper, expected: String?,
    release: @escaping @Sendable () -> Void
  ) {
    self.intake = intake
    self.party = party
    self.folder = folder
    self.keeper = keeper
    self.expected = expected
    self.release = release
  }

  /// Writing goes to the page cache: it waits for the disk only when memory is short of room for what is not written yet.
  func receive(_ piece: UnsafeRawBufferPointer) -> HTTPResponse? {
    do throws(FileError) {
      try intake.receive(piece)
      return nil
    } catch {
      return Problem.response(.fileNotKept)
    }
  }

  func finish(_ reply: HTTPReply) {
    let isTaken = keeper.put { [self] in
      reply.send(answer())
      release()
    }
    if !isTaken {
      reply.send(Problem.response(.fileNotKept))
      release()
    }
  }

  func abandon() { release() }

  /// Waits for the disk.
  private func answer() -> HTTPResponse {
    do throws(FileError) {
      let (reference, isNew) = try intake.finish(expected: expected)
      try folder.noteSender(party, of: reference)
      var writer = JSONWriter()
      writer.beginObject()
      for (name, value) in [("reference", reference.description), ("sha256", reference.sha256)] {
        writer.name(name)
        writer.string(value)
      }
      writer.name("bytes")
      writer.integer(reference.byteCount)
      writer.endObject()
      return HTTPResponse(
        status: isNew ? 201 : 200,
        headers: ["Content-Type": "application/json", "Location": FileAddressing.path + reference.sha256],
        body: writer.finish())
    } catch {
      return Problem.response(error.code == .damaged ? .digestDiffers : .fileNotKept)
    }
  }
}

extension Refusal {
  fileprivate static var fileNotKept: Refusal {
    Refusal(
      .unavailable, english: "the file cannot be kept just now; send it again later",
      vietnamese: "tạm thời không lưu được tệp; hãy gửi lại sau")
  }

  fileprivate static var digestDiffers: Refusal {
    Refusal(
      .invalid, english: "the bytes that came are not those of Repr-Digest; send the file again",
      vietnamese: "nội dung tệp không khớp với Repr-Digest; hãy gửi lại tệp")
  }
}
