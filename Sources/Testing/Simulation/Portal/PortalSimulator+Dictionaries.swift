import JSONKit

// LayThuTuc, LayDanhSachTTHC, LayDanhMucCoQuan, LayDanhMucLinhVuc: answered from the catalogue, keys in capitals.

extension PortalSimulator {
  /// `LayThuTuc`: one procedure by `maTTHC`.
  func procedure(_ root: JSONValue) -> PortalAnswer {
    guard let code = root["maTTHC"]?.string, !code.isEmpty else {
      return .failure("maTTHC là bắt buộc nhưng không có")
    }
    guard let procedure = catalogue.procedure(code) else {
      return .failure("Thủ tục không tồn tại trong danh mục thủ tục hành chính")
    }
    return .success { $0.value(procedure) }
  }

  /// The elements of a dictionary, cut down to some keys where `keys` says so.
  func list(_ elements: [JSONValue], of keys: [String]? = nil) -> PortalAnswer {
    .success { writer in
      for element in elements {
        guard let keys else {
          writer.value(element)
          continue
        }
        writer.beginObject()
        for key in keys {
          guard let value = element[key] else { continue }
          writer.name(key)
          writer.value(value)
        }
        writer.endObject()
      }
    }
  }
}
