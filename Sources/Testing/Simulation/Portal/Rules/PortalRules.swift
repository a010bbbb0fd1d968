/// What the portal asks of the elements of `data[]`: the field tables of generation A.
enum PortalRules {
  /// 0 is liên thông and internal; 1 to 10 are the official list. 11 belongs to another channel.
  static let statuses: Set<String> = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
  static let flag: PortalForm = .code(["0", "1"])
  static let capitalTruth: PortalForm = .code(["True", "False"])

  /// `DongBoHoSoMC`.
  static let dossier: [PortalField] = [
    PortalField("MaHoSo", .required, .dossierCode),
    PortalField("MaTTHC", .required, .procedureCode),
    PortalField("TenTTHC", .required),
    PortalField("MaLinhVuc", .required),
    PortalField("TenLinhVuc", .required),
    PortalField("SoBienNhan", .optional),
    PortalField("KenhThucHien", .required, .code(["1", "2", "3"])),
    PortalField("SoGiayToChuHoSo", .required),
    PortalField("ChuHoSo", .optional),
    PortalField("LoaiDoiTuong", .required, .code(["1", "2", "3", "4"])),
    PortalField("MaDoiTuong", .optional),
    PortalField("ThongTinKhac", .optional),
    PortalField("Email", .optional),
    PortalField("Fax", .optional),
    PortalField("SoDienThoai", .optional),
    PortalField("TrichYeuHoSo", .required, .text(limit: 1_000)),
    PortalField("NgayTiepNhan", .required, .time),
    PortalField("NgayHenTra", .optional, .time),
    PortalField("TrangThaiHoSo", .required, .code(statuses)),
    PortalField("NgayTra", .optional, .time),
    PortalField("ThongTinTra", .optional),
    PortalField("HinhThuc", .required, .code(["0", "1"])),
    PortalField("NgayKetThucXuLy", .requiredInStatus(["9", "10"]), .time),
    PortalField("DonViXuLy", .required),
    PortalField("GhiChu", .optional),
    PortalField("TaiLieuNop", .optional, .list(paper)),
    PortalField("DanhSachLePhi", .optional, .list(fee)),
    PortalField("DanhSachTepDinhKemKhac", .optional, .list(otherPaper)),
    PortalField("DanhSachHoSoBoSung", .optional, .list(supplement)),
    PortalField("DanhSachGiayToKetQua", .optional, .list(result)),
    PortalField("NoiNopHoSo", .newer, .code(["1", "2"])),
    PortalField("HoSoCoThanhPhanSoHoa", .newer, flag),
    PortalField("TaiKhoanDuocXacThucVoiVNeID", .newer, flag),
    PortalField("DuocThanhToanTrucTuyen", .newer, .code(["0", "1", "2", "3"])),
    PortalField("NgayTuChoi", .optional, .time),
    PortalField("DinhDanhCHS", .newer, .list(identity)),
    PortalField("NgayNopHoSo", .newer, .time),
    PortalField("DSKetNoiCSDL", .newer, .list([PortalField("MaCSDL", .required)])),
  ]

  /// `CapNhatTienDoHoSoMC`.
  static let progress: [PortalField] = [
    PortalField("MaHoSo", .required, .dossierCode),
    PortalField("NguoiXuLy", .required, .text(limit: 50)),
    PortalField("ChucDanh", .optional),
    PortalField("ThoiDiemXuLy", .required, .time),
    PortalField("PhongBanXuLy", .optional),
    PortalField("NoiDungXuLy", .optional),
    PortalField("TrangThai", .required, .code(statuses)),
    PortalField("NgayBatDau", .optional, .time),
    PortalField("NgayKetThucTheoQuyDinh", .optional, .time),
  ]

  private static let paper: [PortalField] = [
    PortalField("TepDinhKemId", .optional),
    PortalField("TenTepDinhKem", .required, .text(limit: 4_000)),
    PortalField("IsDeleted", .optional, capitalTruth),
    PortalField("MaThanhPhanHoSo", .requiredMayBeEmpty),
    PortalField("DuongDanTaiTepTin", .required, .address),
    PortalField("DuocSoHoa", .newer, flag),
    PortalField("DuocTaiSuDung", .newer, .code(["0", "1", "2"])),
    PortalField("DuocLayTuKhoDMQG", .newer, flag),
    PortalField("MaKetQuaThayThe", .optional),
  ]

  private static let fee: [PortalField] = [
    PortalField("TenPhiLePhi", .required),
    PortalField("MaPhiLePhi", .optional),
    PortalField("HinhThucThu", .optional, .code(["1", "2", "4"])),
    PortalField("Gia", .required, .amount),
    PortalField("LoaiPhiLePhi", .optional),
  ]

  private static let otherPaper: [PortalField] = [
    PortalField("TenGiayTo", .required),
    PortalField("SoLuong", .optional, .whole),
    PortalField("LoaiGiayTo", .optional, .whole),
  ]

  private static let supplement: [PortalField] = [
    PortalField("HoSoBoSungId", .optional, .whole),
    PortalField("NguoiYeuCauBoSung", .optional),
    PortalField("NoiDungBoSung", .required),
    PortalField("NgayBoSung", .required, .time),
    PortalField("NguoiTiepNhanBoSung", .optional),
    PortalField("ThongTinTiepNhan", .optional),
    PortalField("NgayTiepNhanBoSung", .optional, .time),
    PortalField("TrangThaiBoSung", .optional, .truth),
    PortalField("DanhSachGiayToBoSung", .optional, .list(paper)),
    PortalField("DanhSachLePhiBoSung", .optional, .list(fee)),
    PortalField("NgayHenTraTruoc", .optional, .time),
    PortalField("NgayHenTraMoi", .optional, .time),
  ]

  private static let result: [PortalField] = [
    PortalField("TenGiayTo", .required, .text(limit: 2_000)),
    PortalField("MaThanhPhanHoSo", .requiredMayBeEmpty),
    PortalField("GiayToId", .requiredMayBeEmpty),
    PortalField("DuongDanTepTinKetQua", .required, .address),
    PortalField("MaGiayToKetQua", .optional),
  ]

  private static let identity: [PortalField] = [
    PortalField("LoaiDinhDanh", .required, .code(["1", "2"])),
    PortalField("SoDinhDanh", .required, .digits),
  ]
}
