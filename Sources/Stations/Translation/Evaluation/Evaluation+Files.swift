import CryptographyKit
import DocumentKit
import DossierFiles
import FileKit
import XMLKit

extension Evaluation {
  /// The file in the form its row writes; nil after a finding, or if the desk does not have it yet.
  mutating func file(
    _ text: String, _ form: FileForm, _ row: CompiledRow, at context: XMLNode,
  ) throws(TranslationError) -> String? {
    guard let files else {
      throw TranslationError(
        .files, "The row needs a place where files are kept, and there is none; give the translation a file desk.",
        row: row.row.position)
    }
    do throws(FileError) {
      let reference = FileReference(text)
      switch form {
      case .claim:
        guard let claimed = try claimed(text, reference, files, row, at: context) else { return nil }
        return converted(claimed.description, text, form, row)
      case .fetch:
        return try fetched(text, files, row, at: context)
      case .inline:
        guard let reference else {
          guard !FileForm.isAddress(text) else { return miss(form, row, at: context) }
          return bytes(of: text, row, at: context) == nil ? nil : text
        }
        inlinedBytes += reference.byteCount
        guard inlinedBytes <= limits.inlineBytes else { return refuseSize(limits.inlineBytes, row, at: context) }
        guard let bytes = try files.content(of: reference) else { return miss(form, row, at: context) }
        report.name(reference)
        return converted(Base64.encode(bytes), text, form, row)
      case .url, .upload, .uploadHash:
        var claimed = reference
        if claimed == nil {
          guard !FileForm.isAddress(text) else { return miss(form, row, at: context) }
          guard let bytes = bytes(of: text, row, at: context) else { return nil }
          claimed = try files.claim(bytes)
        }
        guard let claimed, let answer = try Self.answer(form, claimed, files) else {
          return miss(form, row, at: context)
        }
        report.name(claimed)
        return converted(answer, text, form, row)
      }
    } catch {
      throw TranslationError(
        .files, "The place where files are kept cannot be used: \(error.description)", row: row.row.position,
        cause: error)
    }
  }

  private static func answer(
    _ form: FileForm, _ reference: FileReference, _ files: any FileDesk,
  ) throws(FileError) -> String? {
    switch form {
    case .url: try files.url(of: reference)
    case .upload: try files.upload(of: reference)?.id
    case .uploadHash: try files.upload(of: reference)?.hash
    case .claim, .fetch, .inline: nil
    }
  }

  /// What a sender hands over: bytes, or the name of a file it handed over before.
  private mutating func claimed(
    _ text: String, _ reference: FileReference?, _ files: any FileDesk, _ row: CompiledRow, at context: XMLNode,
  ) throws(FileError) -> FileReference? {
    if let reference {
      // A partner that could name any file could ask for anybody's.
      guard try files.mayName(reference) else {
        refuse(
          row, at: context, rule: "mapping.file",
          english: "The sender has not handed this file over; send it to /v1/files first.",
          vietnamese: "Bên gửi chưa nộp tệp này; hãy gửi tệp đến /v1/files trước.")
        return nil
      }
      report.name(reference)
      return reference
    }
    guard let bytes = bytes(of: text, row, at: context) else { return nil }
    let claimed = try files.claim(bytes)
    report.name(claimed)
    return claimed
  }

  /// A reference if the file is here, else the address, which other rows wait for.
  private mutating func fetched(
    _ text: String, _ files: any FileDesk, _ row: CompiledRow, at context: XMLNode,
  ) throws(FileError) -> String? {
    guard FileForm.isAddress(text) else {
      refuse(
        row, at: context, rule: "mapping.file", english: "This is no http(s) address of a file.",
        vietnamese: "Đây không phải là địa chỉ http(s) của tệp.")
      return nil
    }
    guard let reference = try files.fetched(from: text) else { return text }
    report.name(reference)
    return converted(reference.description, text, .fetch, row)
  }

  private mutating func converted(_ result: String, _ text: String, _ form: FileForm, _ row: CompiledRow) -> String {
    listener.didConvert(row.row, .file(form), text, to: result)
    return result
  }

  /// The bytes of base64 text within the limit; nil after a finding.
  private mutating func bytes(of text: String, _ row: CompiledRow, at context: XMLNode) -> [UInt8]? {
    guard let bytes = Base64Step.bytes(of: text), !bytes.isEmpty else {
      refuse(
        row, at: context, rule: "mapping.base64", english: "The file is no base64.",
        vietnamese: "Tệp không phải là base64.")
      return nil
    }
    guard bytes.count <= limits.fileBytes else {
      _ = refuseSize(limits.fileBytes, row, at: context)
      return nil
    }
    return bytes
  }

  private mutating func refuseSize(_ limit: Int, _ row: CompiledRow, at context: XMLNode) -> String? {
    refuse(
      row, at: context, rule: "mapping.file", english: "The files have more than \(limit) bytes here.",
      vietnamese: "Tệp lớn hơn \(limit) byte.")
    return nil
  }

  private mutating func miss(_ form: FileForm, _ row: CompiledRow, at context: XMLNode) -> String? {
    guard missingFiles.count < limits.findings else { return nil }
    let place = place(of: row, at: context)
    let position = place.position
    missingFiles.append(
      HeldReason.MissingFile(
        form: form, row: row.row.position, target: row.row.target.text, sourcePath: place.path, line: position.line,
        column: position.column))
    return nil
  }
}
