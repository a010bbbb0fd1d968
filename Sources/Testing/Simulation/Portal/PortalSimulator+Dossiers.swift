import JSONKit
import ServiceKit
import Synchronization

// TraCuuHoSo, DongBoHoSoMC, CapNhatTienDoHoSoMC.

extension PortalSimulator {
  package func know(dossier code: String) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("MaHoSo")
    writer.string(code)
    writer.endObject()
    guard let value = try? JSONDocument(parsing: writer.finish()).root else {
      preconditionFailure("what a writer wrote is JSON")
    }
    know(value, code)
  }

  /// `TraCuuHoSo`, the lookup `ho-so`: of the dossier that the answer tells of.
  package func know(record: [UInt8], of lookup: String) -> [String: String]? {
    guard lookup == "ho-so", let result = try? JSONDocument(parsing: record).root["result"], result.count == 1,
      let value = result[0], let code = value["MaHoSo"]?.string
    else { return nil }
    know(value, code)
    return ["maHoSo": code]
  }

  private func know(_ value: JSONValue, _ code: String) {
    let now = time.now()
    state.withLock { state in
      guard state.dossiers[code] == nil else { return }
      state.dossiers[code] = PortalDossier(code: code, current: value, createdAt: now, updatedAt: now)
      state.order.append(code)
    }
  }

  /// As if the portal had lost a dossier.
  package func forget(dossier code: String) {
    state.withLock { state in
      state.dossiers[code] = nil
      state.order.removeAll { $0 == code }
    }
  }

  /// `TraCuuHoSo`: an unknown dossier is an empty result, not an error; clients ask to choose between create and update.
  func lookUp(_ root: JSONValue) -> PortalAnswer {
    guard let code = root["mahoso"]?.string, !code.isEmpty else {
      return .failure("mahoso là bắt buộc nhưng không có")
    }
    guard let dossier = state.withLock({ $0.dossiers[code] }) else {
      return .success("Không tìm thấy hồ sơ") { _ in }
    }
    return .success { writer in
      writer.beginObject()
      for key in ["MaHoSo", "MaTTHC", "TenTTHC", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "DonViXuLy"] {
        guard let value = dossier.current[key] else { continue }
        writer.name(key)
        writer.value(value)
      }
      writer.endObject()
    }
  }

  /// `DongBoHoSoMC`: creates (`isUpdating` "False") or replaces ("True") dossiers, all of one call or none.
  func synchroniseDossiers(_ root: JSONValue) -> PortalAnswer {
    guard let isUpdating = root["isUpdating"]?.string, ["True", "False"].contains(isUpdating) else {
      return .failure("isUpdating phải là chuỗi True hoặc False")
    }
    let elements: [JSONValue]
    switch elementsOfData(root) {
    case .taken(let taken): elements = taken
    case .refused(let refusal): return refusal
    }
    var checker = PortalChecker(asksForNewerFields: configuration.asksForNewerFields)
    var codes: Set<String> = []
    for (index, element) in elements.enumerated() {
      let path = "data[\(index)]"
      checker.check(element, against: PortalRules.dossier, at: path)
      if let code = element["MaTTHC"]?.string, PortalText.nationalProcedure(code) != nil,
        catalogue.procedure(code) == nil
      {
        checker.complain(.unknownProcedure, at: "\(path).MaTTHC")
      }
      if let code = element["MaHoSo"]?.string, !codes.insert(code).inserted {
        checker.complain(.repeatedDossier, at: "\(path).MaHoSo")
      }
    }
    guard checker.complaints.isEmpty else { return refusal(of: checker.complaints) }
    return isUpdating == "True" ? replace(elements) : create(elements)
  }

  private func create(_ elements: [JSONValue]) -> PortalAnswer {
    let now = time.now()
    let refusal: PortalAnswer? = state.withLock { state in
      if elements.contains(where: { state.dossiers[Self.code(of: $0)] != nil }) {
        return PortalAnswer(verdict: .alreadyThere, message: "Hồ sơ đã tồn tại")
      }
      guard state.dossiers.count + elements.count <= configuration.limits.dossiers else {
        return .failure("Cổng mô phỏng đã đầy")
      }
      for element in elements {
        let code = Self.code(of: element)
        state.dossiers[code] = PortalDossier(code: code, current: element, createdAt: now, updatedAt: now)
        state.order.append(code)
      }
      return nil
    }
    if let refusal { return refusal }
    for element in elements { note(.dossierCreated, element) }
    return .success("Đồng bộ hồ sơ thành công")
  }

  private func replace(_ elements: [JSONValue]) -> PortalAnswer {
    let now = time.now()
    let isKnown = state.withLock { state in
      guard elements.allSatisfy({ state.dossiers[Self.code(of: $0)] != nil }) else { return false }
      for element in elements {
        let code = Self.code(of: element)
        state.dossiers[code]?.current = element
        state.dossiers[code]?.version += 1
        state.dossiers[code]?.updatedAt = now
      }
      return true
    }
    guard isKnown else { return .failure("Hồ sơ không tồn tại, không thể cập nhật") }
    for element in elements { note(.dossierUpdated, element) }
    return .success("Cập nhật hồ sơ thành công")
  }

  /// `CapNhatTienDoHoSoMC`: adds progress entries, all of one call or none.
  func updateProgress(_ root: JSONValue) -> PortalAnswer {
    let elements: [JSONValue]
    switch elementsOfData(root) {
    case .taken(let taken): elements = taken
    case .refused(let refusal): return refusal
    }
    var checker = PortalChecker(asksForNewerFields: configuration.asksForNewerFields)
    for (index, element) in elements.enumerated() {
      checker.check(element, against: PortalRules.progress, at: "data[\(index)]")
    }
    guard checker.complaints.isEmpty else { return refusal(of: checker.complaints) }
    let now = time.now()
    let repetitions: [Bool]? = state.withLock { state in
      guard elements.allSatisfy({ state.dossiers[Self.code(of: $0)] != nil }) else { return nil }
      return elements.map { element in
        let code = Self.code(of: element)
        let isRepeated = state.dossiers[code]?.progress.contains { Self.isSameProgress($0, element) } ?? false
        state.dossiers[code]?.progress.append(element)
        state.dossiers[code]?.updatedAt = now
        return isRepeated
      }
    }
    guard let repetitions else { return .failure("Hồ sơ không tồn tại, không thể cập nhật tiến độ") }
    for (element, isRepeated) in zip(elements, repetitions) {
      journal.note(
        isRepeated ? .progressRepeated : .progressAdded, .dossier(Self.code(of: element)),
        .status(element["TrangThai"]?.string ?? ""))
    }
    return .success("Cập nhật tiến độ thành công")
  }

  private enum Elements {
    case taken([JSONValue])
    case refused(PortalAnswer)
  }

  private func elementsOfData(_ root: JSONValue) -> Elements {
    guard let data = root["data"], data.kind == .array, data.count > 0 else {
      return .refused(.failure("data phải là danh sách có ít nhất một phần tử"))
    }
    let limit = configuration.limits.elementsPerCall
    guard data.count <= limit else { return .refused(.failure("data có quá \(limit) phần tử trong một lần gửi")) }
    return .taken(Array(data.elements))
  }

  /// A refusal that names the first complaints and counts the others.
  private func refusal(of complaints: [PortalComplaint]) -> PortalAnswer {
    for complaint in complaints.prefix(configuration.limits.complaintsTold) {
      journal.note(.fieldRefused, .place(complaint.path), .status(complaint.rule.rawValue))
    }
    let told = complaints.prefix(configuration.limits.complaintsTold).map(\.sentence).joined(separator: "; ")
    let rest = complaints.count - configuration.limits.complaintsTold
    return .failure("Dữ liệu không hợp lệ: \(told)" + (rest > 0 ? "; và \(rest) lỗi khác" : ""))
  }

  private func note(_ name: SimulatorEvent.Name, _ element: JSONValue) {
    let dossier = PortalDossier(
      code: Self.code(of: element), current: element, createdAt: .epoch, updatedAt: .epoch)
    journal.note(name, .dossier(dossier.code), .procedure(dossier.procedure), .status(dossier.status))
    if let anomaly = dossier.anomaly { journal.note(.anomalyNoticed, .dossier(dossier.code), .reason(anomaly)) }
  }

  private static func code(of element: JSONValue) -> String { element["MaHoSo"]?.string ?? "" }

  private static func isSameProgress(_ left: JSONValue, _ right: JSONValue) -> Bool {
    PortalRules.progress.allSatisfy { left[$0.name]?.string == right[$0.name]?.string }
  }
}
