/// The words of the field in Vietnamese, as names spell them, with the English words names use for the same.
enum Glossary {
  /// The concepts of a name; the longest phrase wins, and a word nobody knows stands for itself.
  static func concepts(of words: [String]) -> [String] {
    var concepts: [String] = []
    var rest = words[...]
    while !rest.isEmpty {
      if let (phrase, meaning) = phrase(at: rest) {
        concepts += meaning
        rest = rest.dropFirst(phrase.count)
      } else {
        concepts.append(rest.removeFirst())
      }
    }
    return concepts
  }

  private static func phrase(at words: ArraySlice<String>) -> (phrase: [String], meaning: [String])? {
    guard let first = words.first else { return nil }
    return phrases[first]?.first { words.starts(with: $0.phrase) }
  }

  /// By their first word, the longest first.
  private static let phrases: [String: [(phrase: [String], meaning: [String])]] = {
    var phrases: [String: [(phrase: [String], meaning: [String])]] = [:]
    for line in entries.split(separator: "\n") {
      let parts = line.split(separator: ":").map { $0.split(separator: " ").map(String.init) }
      guard let first = parts[0].first else { continue }
      phrases[first, default: []].append((parts[0], parts.count > 1 ? parts[1] : []))
    }
    return phrases.mapValues { $0.sorted { $0.phrase.count > $1.phrase.count } }
  }()

  private static let entries = """
    chu ho so: owner
    chu ho so chs: owner
    chs: owner
    cong dan: owner
    citizen: owner
    applicant: owner
    applicants: owner
    ma ho so: code
    ma: code
    ho so: dossier
    doc: dossier
    document: dossier
    ten: name
    thu tuc hanh chinh: procedure
    thu tuc: procedure
    tthc: procedure
    doc type: procedure
    linh vuc: field
    so bien nhan: receipt number
    bien nhan: receipt
    so: number
    kenh thuc hien: channel
    kenh: channel
    so giay to: identity number
    giay to: paper
    loai doi tuong: owner kind
    doi tuong: owner
    loai: kind
    type: kind
    thong tin khac: info
    thong tin: info
    dia chi: address
    so dien thoai: phone
    dien thoai: phone
    tel: phone
    thu dien tu: email
    trich yeu: summary
    compendium: summary
    ngay: date
    thoi diem: date
    at: date
    time: date
    ngay sinh: birth date
    dob: birth date
    tiep nhan: received
    nhan: received
    hen tra: appointed
    han: appointed
    tra: returned
    ket thuc: finished
    finish: finished
    success: finished
    tu choi: refused
    reject: refused
    nop: submitted
    submit: submitted
    tao: created
    cap nhat: updated
    trang thai: status
    tinh trang: status
    hinh thuc: method
    don vi: unit
    phong ban: department
    co quan: agency
    organ: agency
    organization: agency
    to chuc: organisation
    nguoi xu ly: handler
    nguoi: person
    can bo: handler
    user: handler
    xu ly: processing
    chuc danh: title
    chuc vu: title
    position: title
    noi dung: content
    comment: content
    ghi chu: note
    tai lieu nop: attachment
    tep dinh kem: attachment
    tai lieu: attachment
    dinh kem: attachment
    attachments: attachment
    tep tin: file
    tep: file
    duong dan: url
    link: url
    le phi: fee
    phi: fee
    fees: fee
    doc fees: fee
    gia: amount
    so tien: amount
    price: amount
    so luong: count
    bo sung: supplement
    supplementaries: supplement
    supplementary: supplement
    yeu cau: requested
    ket qua: result
    so dinh danh: identity number
    dinh danh: identity
    cccd: identity number
    cmnd: identity number
    danh sach:
    ds:
    list:
    gioi tinh: sex
    gender: sex
    quoc tich: nationality
    dan toc: ethnicity
    ho ten: name
    ho va ten: name
    full name: name
    tinh: province
    huyen: district
    xa: commune
    """
}
