import CryptographyKit
import DocumentKit
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
      if form == .claim {
        // A partner that could name a reference could ask for anybody's file.
        guard let bytes = bytes(of: text, row, at: context) else { return nil }
        return converted(try files.claim(bytes).description, text, form, row)
      }
      if form == .inline {
        guard let reference else { return bytes(of: text, row, at: context) == nil ? nil : text }
        guard reference.byteCount <= limits.fileBytes else { return refuseSize(row, at: context) }
        guard let bytes = try files.content(of: reference) else { return miss(form, row, at: context) }
        return converted(Base64.encode(bytes), text, form, row)
      }
      var claimed = reference
      if claimed == nil {
        guard let bytes = bytes(of: text, row, at: context) else { return nil }
        claimed = try files.claim(bytes)
      }
      guard let claimed, let answer = try Self.answer(form, claimed, files) else { return miss(form, row, at: context) }
      return converted(answer, text, form, row)
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
    case .claim, .inline: nil
    }
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
      _ = refuseSize(row, at: context)
      return nil
    }
    return bytes
  }

  private mutating func refuseSize(_ row: CompiledRow, at context: XMLNode) -> String? {
    refuse(
      row, at: context, rule: "mapping.file", english: "The file has more than \(limits.fileBytes) bytes.",
      vietnamese: "Tệp lớn hơn \(limits.fileBytes) byte.")
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
