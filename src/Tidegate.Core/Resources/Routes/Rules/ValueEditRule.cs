using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Headers and query parameters that are set, added or removed have legal names and values.</summary>
internal sealed class ValueEditRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        Check(spec.Rewrite.RequestHeaders, "spec.rewrite.requestHeaders", header: true, scope);
        Check(spec.Rewrite.ResponseHeaders, "spec.rewrite.responseHeaders", header: true, scope);
        Check(spec.Rewrite.Query, "spec.rewrite.query", header: false, scope);
    }

    private static void Check(ValueEditConfig edit, string path, bool header, ResourceScope scope)
    {
        if (edit is { Remove.Count: 0, Set.Count: 0, Add.Count: 0 }) return;
        for (int i = 0; i < edit.Remove.Count; i++) Name(edit.Remove[i], $"{path}.remove[{i}]", header, scope);
        foreach (var (part, values) in new[] { ("set", edit.Set), ("add", edit.Add) })
        {
            foreach (var (name, value) in values)
            {
                var at = $"{path}.{part}{KeyPath.Below(name)}";
                Name(name, at, header, scope);
                if (header && !HttpSyntax.IsHeaderValue(value))
                    scope.Error("bad_header_value", at, $"The value of \"{name}\" holds a control or non-ASCII character: no header may.");
            }
        }
    }

    private static void Name(string name, string path, bool header, ResourceScope scope)
    {
        if (!header)
        {
            if (name.Length == 0) scope.Error("bad_name", path, "A query parameter has a name.");
        }
        else if (!HttpSyntax.IsToken(name))
        {
            scope.Error("bad_name", path, $"\"{name}\" is no legal name of a header.");
        }
        else if (HttpSyntax.IsFraming(name))
        {
            scope.Error("reserved_header", path, $"{name} frames the message and is the gateway's own; for Host use preserveHost of the service.");
        }
    }
}
