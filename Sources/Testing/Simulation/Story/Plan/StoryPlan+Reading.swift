package import DocumentKit

extension StoryPlan {
  /// The plan that comes with the program.
  package static func builtIn() throws(YAMLError) -> StoryPlan {
    let templates = [
      "ho-so-xay-dung.json": PackageResources.ho_so_xay_dung_json,
      "ho-so-tu-phap.json": PackageResources.ho_so_tu_phap_json,
      "ho-so-khai-sinh.json": PackageResources.ho_so_khai_sinh_json,
    ]
    let file = try YAMLDocument(parsing: PackageResources.cau_chuyen_yaml, file: "cau-chuyen.yaml")
    return try StoryPlan(reading: file.root, templates: templates)
  }

  /// Reads a plan; `templates` are the JSON texts its documents may name.
  package init(reading node: YAMLNode, templates: [String: [UInt8]]) throws(YAMLError) {
    let root = try node.readMapping()
    try root.refuseKeys(notIn: ["story", "cast", "unit", "agencyCode", "documents", "scenes"])
    let cast = try root.required("cast").readMapping()
    try cast.refuseKeys(notIn: ["gateway", "oneStop", "operator", "portal", "platform", "agencies"])
    gateway = try cast.required("gateway").readString()
    oneStop = try OneStop(reading: cast.required("oneStop").readMapping())
    operatorKeyFile = try cast.required("operator").readMapping().required("key").readString()
    portal = try Player(reading: cast.required("portal"))
    platform = try Player(reading: cast.required("platform"))
    agencies = []
    for agency in try cast.required("agencies").readSequence() { agencies.append(try Player(reading: agency)) }
    unit = try root.required("unit").readString()
    agencyCode = try root.required("agencyCode").readString()
    documents = [:]
    for member in try root.required("documents").readMapping().members {
      documents[member.key] = try Document(reading: member.value, named: member.key, templates: templates)
    }
    self.templates = templates
    scenes = []
    for scene in try root.required("scenes").readSequence() {
      scenes.append(try StoryScene(reading: scene.readMapping(), in: self))
    }
  }
}

extension StoryPlan.OneStop {
  fileprivate init(reading mapping: YAMLMapping) throws(YAMLError) {
    try mapping.refuseKeys(notIn: ["party", "name", "username", "password"])
    party = try mapping.required("party").readString()
    name = try mapping.required("name").readString()
    username = try mapping.required("username").readString()
    passwordFile = try mapping.required("password").readString()
  }
}

extension StoryPlan.Player {
  fileprivate init(reading node: YAMLNode) throws(YAMLError) {
    let mapping = try node.readMapping()
    try mapping.refuseKeys(notIn: ["party", "name"])
    party = try mapping.required("party").readString()
    name = try mapping.required("name").readString()
  }
}

extension StoryPlan.Document {
  fileprivate init(
    reading node: YAMLNode, named name: String, templates: [String: [UInt8]]
  ) throws(YAMLError) {
    let mapping = try node.readMapping()
    try mapping.refuseKeys(notIn: ["template", "as", "unit", "change"])
    template = try mapping.required("template").readChoice(templates.keys.sorted())
    dossier = try mapping["as"]?.readString() ?? name
    unit = try mapping["unit"]?.readString()
    changes = []
    for member in try mapping["change"]?.readMapping().members ?? [] {
      changes.append(StoryPlan.Change(member: member.key, json: try member.value.readString()))
    }
  }
}

extension StoryScene {
  fileprivate init(reading mapping: YAMLMapping, in plan: StoryPlan) throws(YAMLError) {
    try mapping.refuseKeys(notIn: ["vi", "en", "steps"])
    vietnamese = try mapping.required("vi").readString()
    english = try mapping.required("en").readString()
    steps = []
    for step in try mapping.required("steps").readSequence() {
      steps.append(try StoryStep(reading: step.readMapping(), in: plan))
    }
  }
}

extension StoryStep {
  fileprivate init(reading mapping: YAMLMapping, in plan: StoryPlan) throws(YAMLError) {
    try mapping.refuseKeys(notIn: [
      "do", "document", "update", "field", "to", "from", "while", "status", "times", "agency", "for", "within", "vi",
      "en",
    ])
    action = try Action(reading: mapping, in: plan)
    within = try Self.duration(mapping.required("within"))
    vietnamese = try mapping.required("vi").readString()
    english = try mapping.required("en").readString()
  }

  fileprivate static func duration(_ node: YAMLNode) throws(YAMLError) -> Duration {
    guard let duration = AgencyPlan.duration(try node.readString()) else {
      throw node.error(
        .notAllowed, Sentence("this is no length of time", "đây không phải là khoảng thời gian"),
        remedy: Sentence("write 500ms, 2s or 1m", "hãy viết 500ms, 2s hoặc 1m"))
    }
    return duration
  }
}

extension StoryStep.Action {
  fileprivate init(reading mapping: YAMLMapping, in plan: StoryPlan) throws(YAMLError) {
    let verbs = [
      "login", "send", "refused", "problem", "delivered", "deferred", "progress", "reported", "pulled", "result",
      "down", "submitted", "fetched", "reached", "answered", "told",
    ]
    let parties = plan.partners.map(\.party)
    func document(_ mapping: YAMLMapping) throws(YAMLError) -> String {
      try mapping.required("document").readChoice(plan.documents.keys.sorted())
    }
    func party(_ key: String, _ mapping: YAMLMapping) throws(YAMLError) -> String {
      try mapping.required(key).readChoice(parties)
    }
    switch try mapping.required("do").readChoice(verbs) {
    case "login": self = .login
    case "send": self = .send(document: try document(mapping), isUpdate: try mapping["update"]?.readBoolean() ?? false)
    case "refused":
      self = .refused(document: try document(mapping), field: try mapping.required("field").readString())
    case "problem":
      self = .problem(document: try document(mapping), field: try mapping.required("field").readString())
    case "delivered":
      var whileOpen: StoryStep.Delivery?
      if let other = try mapping["while"]?.readMapping() {
        whileOpen = StoryStep.Delivery(document: try document(other), party: try party("to", other))
      }
      self = .delivered(document: try document(mapping), party: try party("to", mapping), whileOpen: whileOpen)
    case "deferred": self = .deferred(document: try document(mapping), party: try party("to", mapping))
    case "progress":
      self = .progress(document: try document(mapping), status: try mapping.required("status").readString())
    case "reported": self = .reported(document: try document(mapping), agency: try party("from", mapping))
    case "pulled": self = .pulled(document: try document(mapping))
    case "result":
      self = .result(document: try document(mapping), status: try mapping.required("status").readString())
    case "submitted": self = .submitted(document: try document(mapping))
    case "fetched": self = .fetched(document: try document(mapping))
    case "reached": self = .reached(document: try document(mapping), party: try party("to", mapping))
    case "answered":
      self = .answered(
        document: try document(mapping), party: try party("from", mapping),
        times: try mapping["times"]?.readInteger() ?? 1)
    case "told":
      self = .told(document: try document(mapping), status: try mapping.required("status").readString())
    default:
      self = .down(
        agency: try party("agency", mapping), lasting: try StoryStep.duration(mapping.required("for")))
    }
  }
}
