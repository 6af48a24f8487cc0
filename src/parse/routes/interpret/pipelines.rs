//! Branches of a pipeline of ASP.NET: `app.Map("/api", branch => branch.UseEndpoints(…))`.

use super::Value;
use super::value::Args;
use crate::parse::routes::annotations::dotted;
use crate::parse::routes::ir::{ExprKind, Func, Node, Pattern, walk};

/// How the methods begin that build a pipeline; the context of a request has none of these.
const BUILDS: [&str; 3] = ["Use", "Map", "Run"];

/// Whether a call is given a function that builds what lies below its path, and not one that answers.
pub(super) fn is_branch(args: &Args) -> bool {
    let function = args.positional.get(1).map(|it| &it.value);
    matches!(function, Some(Value::Func(it)) if builds(&it.func))
}

fn builds(func: &Func) -> bool {
    let [param] = func.params.as_slice() else { return false };
    let Pattern::Name(builder) = &param.pattern else { return false };
    if let Some(of) = param.of.as_ref().and_then(dotted) {
        return of.rsplit('.').next() == Some("IApplicationBuilder");
    }
    let mut found = false;
    walk(&func.body, &mut |node| {
        let Node::Expr(expr) = node else { return };
        let ExprKind::Call(call) = &expr.kind else { return };
        let ExprKind::Attr(of, method) = &call.callee.kind else { return };
        found |= BUILDS.iter().any(|it| method.starts_with(it))
            && matches!(&of.kind, ExprKind::Name(name) if name == builder);
    });
    found
}
