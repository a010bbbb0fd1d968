/// How a dossier was served, as far as QĐ 766/QĐ-TTg counts it, and what later messages have to know of one. The numbers are stored.
package struct ServiceMarks: OptionSet, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// A result with its code and an address of its file.
  package static let electronicResult = ServiceMarks(rawValue: 1)
  /// `DuocThanhToanTrucTuyen` is 1 or 2.
  package static let paidOnline = ServiceMarks(rawValue: 2)
  /// Some fee of it is not 0.
  package static let fee = ServiceMarks(rawValue: 4)
  /// `HoSoCoThanhPhanSoHoa`.
  package static let digitised = ServiceMarks(rawValue: 8)
  /// Some paper is `DuocLayTuKhoDMQG`.
  package static let reusedPapers = ServiceMarks(rawValue: 16)
  /// `TaiKhoanDuocXacThucVoiVNeID`.
  package static let verifiedAccount = ServiceMarks(rawValue: 32)
  /// Some `MaCSDL` was used.
  package static let usedDatabases = ServiceMarks(rawValue: 64)
  /// Of no index: a word of progress that tells nothing but that the dossier is being processed, and by whom.
  package static let plainProgress = ServiceMarks(rawValue: 128)
  /// Of no index: a result with its file or the file's address, whether it has a code or not.
  package static let result = ServiceMarks(rawValue: 256)
  /// Of no index: the tongue of the message has no place for a result in any of its messages.
  package static let noPlaceForResults = ServiceMarks(rawValue: 512)
  /// Of no index, and of no dossier: statistics, or an answer to a survey.
  package static let ofNoDossier = ServiceMarks(rawValue: 1_024)
}
