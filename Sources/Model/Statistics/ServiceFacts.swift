/// What a dossier says about how it was served, as far as QĐ 766 counts it.
package struct ServiceFacts: Sendable, Equatable {
  /// A result with its code and an address of its file.
  package var hasElectronicResult = false
  /// `DuocThanhToanTrucTuyen` is 1 or 2.
  package var isPaidOnline = false
  /// Some fee of it is not 0.
  package var hasFee = false
  /// `HoSoCoThanhPhanSoHoa`.
  package var isDigitised = false
  /// Some paper is `DuocLayTuKhoDMQG`.
  package var reusesStoredPapers = false
  /// `TaiKhoanDuocXacThucVoiVNeID`.
  package var isAccountVerified = false
  /// Some `MaCSDL` was used.
  package var usesDatabases = false

  package init() {}
}
