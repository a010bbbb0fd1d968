/// Dossiers as generation A writes them, with single fields replaced; everybody in them is made up.
struct SampleDossier {
  private var fields: [(name: String, json: String)] = [
    ("MaHoSo", #""H99.30-261120-0001""#),
    ("MaTTHC", #""1.001193""#),
    ("TenTTHC", #""Thủ tục đăng ký khai sinh""#),
    ("MaLinhVuc", #""G15-HT01""#),
    ("TenLinhVuc", #""Hộ tịch""#),
    ("KenhThucHien", #""2""#),
    ("SoGiayToChuHoSo", #""001090000017""#),
    ("ChuHoSo", #""Người Thử Nghiệm""#),
    ("LoaiDoiTuong", #""1""#),
    ("MaDoiTuong", "null"),
    ("TrichYeuHoSo", #""Đăng ký khai sinh""#),
    ("NgayTiepNhan", #""20261120083000""#),
    ("NgayHenTra", #""20261121170000""#),
    ("TrangThaiHoSo", #""2""#),
    ("HinhThuc", #""0""#),
    ("NgayKetThucXuLy", #""""#),
    ("DonViXuLy", #""Ủy ban nhân dân phường Thử Nghiệm""#),
    (
      "TaiLieuNop",
      #"[{"TenTepDinhKem": "a.pdf", "MaThanhPhanHoSo": "", "DuongDanTaiTepTin": "https://tep.example.vn/1"}]"#
    ),
    ("DanhSachLePhi", #"[{"TenPhiLePhi": "Lệ phí", "Gia": "8000"}]"#),
    ("DanhSachGiayToKetQua", "[]"),
  ]

  /// The same dossier with a field replaced or added by JSON text, or, with nil, left out.
  func with(_ name: String, _ json: String?) -> SampleDossier {
    var copy = self
    copy.fields.removeAll { $0.name == name }
    if let json { copy.fields.append((name, json)) }
    return copy
  }

  var json: String { "{" + fields.map { #""\#($0.name)": \#($0.json)"# }.joined(separator: ", ") + "}" }

  static func progress(
    code: String = "H99.30-261120-0001", by: String = "Cán bộ Thử", at: String = "20261120093000", status: String = "4"
  ) -> String {
    #"{"MaHoSo": "\#(code)", "NguoiXuLy": "\#(by)", "ThoiDiemXuLy": "\#(at)", "TrangThai": "\#(status)"}"#
  }
}
