/// The services of generation A that the simulated portal answers, by their names in the member `service`.
package enum PortalService: String, Sendable, CaseIterable {
  case procedure = "LayThuTuc"
  case procedures = "LayDanhSachTTHC"
  case agencies = "LayDanhMucCoQuan"
  case fields = "LayDanhMucLinhVuc"
  case lookUp = "TraCuuHoSo"
  case synchroniseDossiers = "DongBoHoSoMC"
  case updateProgress = "CapNhatTienDoHoSoMC"

  /// Whether it is also answered at the address for dictionaries.
  package var isDictionary: Bool {
    switch self {
    case .procedure, .procedures, .agencies, .fields: true
    case .lookUp, .synchroniseDossiers, .updateProgress: false
    }
  }
}
