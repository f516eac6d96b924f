using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Somebody can call, and credentials stand where they can be read.</summary>
internal sealed class IdentifyRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        var identify = spec.Identify;
        if (identify is { Anonymous: false, ApiKey: null, Jwt.Count: 0, ClientCertificate: false })
            scope.Error("nobody_can_call", "spec.identify", "No credential is accepted and anonymous callers are refused: give apiKey, jwt or clientCertificate, or set anonymous.");
        if (identify.ApiKey is not { } key) return;
        if (!HttpSyntax.IsToken(key.Header))
            scope.Error("bad_name", "spec.identify.apiKey.header", $"\"{key.Header}\" is no legal name of a header.");
        if (key.Query is { Length: 0 })
            scope.Error("bad_name", "spec.identify.apiKey.query", "A query parameter has a name; remove the key to read none.");
        else if (key.Query is not null)
            scope.Warning("key_in_query", "spec.identify.apiKey.query", "Keys in queries end up in logs, histories and referrers: prefer the header.");
        if (key.Forward)
            scope.Warning("key_forwarded", "spec.identify.apiKey.forward", "The upstream sees the callers' keys and could use them.");
    }
}
