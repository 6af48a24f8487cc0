//! Every form of alert, with the words that its spans cover.

use super::*;

/// What was read: name, severity, `for`, address, and the words at the two spans.
fn read(path: &str, text: &str) -> Vec<[String; 4]> {
    let all = of_file(SourceId(0), path, text);
    for it in &all {
        let words = &text[it.span.range()];
        assert!(words == it.name || words.contains("{{"), "{words} is not {}", it.name);
        if let Some(link) = &it.link {
            let words = &text[link.span.range()];
            assert!(words == link.address || words.contains("{{"), "{words} is not {}", link.address);
        }
    }
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let address = |it: &Alert| it.link.as_ref().map_or(String::new(), |it| it.address.clone());
    all.iter().map(|it| [it.name.clone(), text(&it.severity), text(&it.holds_for), address(it)]).collect()
}

#[track_caller]
fn check(path: &str, text: &str, expected: &[[&str; 4]]) {
    assert!(may_hold_alerts(text), "the text is not told to hold alerts");
    let expected: Vec<_> = expected.iter().map(|it| it.map(str::to_owned)).collect();
    assert_eq!(read(path, text), expected);
}

const RULES: &str = "\
groups:
  - name: boats
    rules:
      - record: boats:late:sum
        expr: sum(boats_late)
      - alert: BoatLate
        expr: boats:late:sum > 3
        for: 10m
        labels:
          severity: critical
        annotations:
          summary: \"{{ $value }} boats are late\"
          runbook_url: 'docs/runbooks/BoatLate.md#meaning'
      - expr: up == 0
        alert: \"BoatGone\"
        annotations: {description: gone, runbook: https://wiki.example/gone}
";

#[test]
fn rule_files() {
    check(
        "boats.rules.yml",
        RULES,
        &[
            ["BoatLate", "critical", "10m", "docs/runbooks/BoatLate.md#meaning"],
            ["BoatGone", "", "", "https://wiki.example/gone"],
        ],
    );
    let json = r#"{"groups": [{"rules": [{"alert": "A", "expr": "up", "labels": {"severity": "page"}, "annotations": {"playbook_url": "https://x.example/a"}}]}]}"#;
    check("boats.json", json, &[["A", "page", "", "https://x.example/a"]]);
}

#[test]
fn resources_lists_and_several_documents() {
    let text = "\
apiVersion: v1
kind: ConfigMap
---
apiVersion: v1
kind: List
items:
  - apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    spec:
      groups:
        - name: a
          rules:
            - alert: A
              expr: |
                up{job=\"a\"}
                  == 0
              labels: {severity: s1}
---
kind: PrometheusRule
spec:
  groups:
    - rules:
        - alert: B
          expr: up
          annotations:
            runbookUrl: >-
              docs/b.md
";
    check("rules.yaml", text, &[["A", "s1", "", ""], ["B", "", "", "docs/b.md"]]);
}

#[test]
fn files_of_rules_in_a_config_map() {
    let text = "\
kind: ConfigMap
data:
  ferry.yml: |
    groups:
      - name: ferry
        rules:
          - alert: QuayFull
            expr: quay_free == 0
            for: 1m
            annotations:
              runbook_url: docs/quay.md
  other: plain
";
    check("map.yaml", text, &[["QuayFull", "", "1m", "docs/quay.md"]]);
}

#[test]
fn charts_are_read_block_by_block() {
    let text = "\
{{- if .Values.rules.enabled }}
{{- $severity := \"critical\" }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  labels:
    {{- include \"ferry.labels\" . | nindent 4 }}
spec:
  groups:
  - name: {{ .Release.Name }}
    rules:
    - alert: QuayFull # never before
      annotations:
        description: |
          Free: {{`{{ $value }}`}}
          runbook: somewhere
        runbook_url: {{ .Values.runbooks }}/quayfull
        note: x
      expr: |
        quay_free{name=\"{{ .Values.name }}\"} == 0
      {{- if .Values.for }}
      for: {{ .Values.for | default \"3m\" }}
      {{- end }}
      labels:
        severity: {{ $severity }}
    {{- if .Values.more }}
    - expr: up == 0
      alert: 'CraneDown'
      labels: {severity: warning}
      annotations:
        runbook_url: '{{`https://docs.example/crane/?q={{ $labels.q }}`}}'
    {{- end }}
{{- end }}
";
    check(
        "charts/ferry/templates/rules.yaml",
        text,
        &[
            ["QuayFull", "critical", "3m", "{{ .Values.runbooks }}/quayfull"],
            ["CraneDown", "warning", "", "https://docs.example/crane/?q={{ $labels.q }}"],
        ],
    );
    let all = of_file(SourceId(0), "x.yaml", text);
    assert_eq!(&text[all[0].span.range()], "QuayFull");
    assert_eq!(all[0].summary, "Free: {{ $value }}");
}

#[test]
fn annotations_from_elsewhere_may_name_a_runbook() {
    let text = "\
- alert: CraneStuck
  expr: crane == 0
  annotations:
    summary: Stuck
    {{- include \"ferry.annotations\" . | nindent 4 }}
  labels:
    severity: critical
- alert: CraneSlow
  expr: crane == 1
  annotations:
    summary: Slow
  labels:
    {{- toYaml .Values.labels | nindent 4 }}
";
    let open: Vec<_> = of_file(SourceId(0), "x.yaml", text).iter().map(|it| it.is_open).collect();
    assert_eq!(open, [true, false]);
}

#[test]
fn a_rule_may_be_a_template_of_its_own() {
    let text = "\
{{- $alert := \"CraneStuck\" -}}
{{- if not (has $alert .excluded) -}}
alert: {{ $alert }}
annotations:
  runbook_url: https://git.example/docs/{{ $alert }}.md
expr: |
  crane_moving == 0
labels:
  severity: critical
{{- range $key, $value := .labels }}
  {{ $key }}: {{ $value | quote }}
{{- end }}
{{- end -}}
";
    check(
        "rules/crane.yaml",
        text,
        &[["CraneStuck", "critical", "", "https://git.example/docs/CraneStuck.md"]],
    );
}

#[test]
fn rules_that_grafana_provisions() {
    let text = "\
apiVersion: 1
groups:
  - orgId: 1
    name: ferry
    folder: ops
    rules:
      - uid: ferry-1
        title: Ferry is late
        condition: B
        data:
          - refId: A
            datasourceUid: prometheus
            model: {expr: ferry_late}
        noDataState: OK
        for: 5m
        labels:
          severity: page
        annotations:
          summary: 'Late again. Runbook: ops/runbooks/ferry.md#late'
";
    check("ferry.yaml", text, &[["Ferry is late", "page", "5m", "ops/runbooks/ferry.md#late"]]);
}

#[test]
fn monitors_of_datadog() {
    let text = r#"{
  "name": "Ferry API slow on {host}",
  "type": "query alert",
  "query": "avg(last_5m):avg:ferry.latency{*} > 1",
  "message": "Slow.\n\nRunbook: https://docs.example/ferry-slow.\n@slack-ops",
  "tags": ["team:ops", "severity:high"],
  "priority": 1
}"#;
    let expected = ["Ferry API slow on {host}", "high", "", "https://docs.example/ferry-slow"];
    check("monitor.json", text, &[expected]);
    let linked =
        text.replace("Runbook: https://docs.example/ferry-slow.", "[Our runbook](https://docs.example/s)");
    assert_eq!(read("monitor.json", &linked)[0][3], "https://docs.example/s");
    let chat =
        text.replace("Runbook: https://docs.example/ferry-slow.", "<https://docs.example/c|the runbook>");
    assert_eq!(read("monitor.json", &chat)[0][3], "https://docs.example/c");
}

#[test]
fn keys_that_name_a_runbook() {
    for key in ["runbook_url", "runbook", "runbookURL", "playbook", "runbook_link", "sop_url", "runbook-url"]
    {
        let text = format!("rules:\n- alert: A\n  expr: up\n  annotations:\n    {key}: docs/a.md\n");
        assert_eq!(read("a.yaml", &text)[0][3], "docs/a.md", "{key}");
    }
    for value in ["''", "TBD", "none", "~", "\"-\""] {
        let text = format!("rules:\n- alert: A\n  expr: up\n  annotations:\n    runbook_url: {value}\n");
        assert_eq!(read("a.yaml", &text)[0][3], "", "{value}");
    }
    let listed = "rules:\n- alert: A\n  expr: up\n  annotations:\n    links:\n    - {type: dashboard, url: https://d.example}\n    - {type: runbook, url: docs/a.md}\n";
    assert_eq!(read("a.yaml", listed)[0][3], "docs/a.md");
}

#[test]
fn what_is_no_alert() {
    for text in [
        "rule_files: [a.yml]\ntests:\n  - alert_rule_test:\n      - alertname: A\n        exp_alerts: []\n",
        "panels:\n  - alert: {conditions: []}\n    targets: [{expr: up}]\n",
        "alert: true\n",
        "rules:\n  - record: a:b\n    expr: up\n",
    ] {
        assert_eq!(read("x.yaml", text), Vec::<[String; 4]>::new(), "{text}");
    }
}

#[test]
fn any_beginning_of_a_file_is_read_without_a_panic() {
    let broken = RULES.replace("groups:", "{{ x }}\ngroups: ü");
    for text in [RULES, &broken] {
        for end in (0..text.len()).filter(|&it| text.is_char_boundary(it)) {
            read_any(&text[..end]);
        }
    }
}

fn read_any(text: &str) {
    for alert in of_file(SourceId(0), "x.yaml", text) {
        assert!(text.get(alert.span.range()).is_some());
    }
    block::rules(text, 0..text.len());
}
