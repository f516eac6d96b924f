using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Providers.Rules;

/// <summary>Headers sent with every call have legal names, none that the gateway sets itself, and no second credential beside the keys.</summary>
internal sealed class ProviderHeaderRule : ResourceRule<ProviderConfig>
{
    private static readonly string[] Own = ["Content-Type", "Content-Encoding", "Accept", "Accept-Encoding", "Via"];
    private static readonly string[] Credentials = ["Authorization", "x-api-key", "api-key", "x-goog-api-key"];

    public override void Check(ProviderConfig spec, ResourceScope scope)
    {
        foreach (var (name, value) in spec.Headers)
        {
            var at = $"spec.headers{KeyPath.Below(name)}";
            if (!HttpSyntax.IsToken(name)) scope.Error("bad_name", at, $"\"{name}\" is no legal name of a header.");
            else if (HttpSyntax.IsFraming(name) || Own.Contains(name, StringComparer.OrdinalIgnoreCase)) scope.Error("reserved_header", at, $"{name} is the gateway's own: leave it out.");
            else if (spec.Keys.Count > 0 && Credentials.Contains(name, StringComparer.OrdinalIgnoreCase)) scope.Error("second_credential", at, $"{name} carries the credential that spec.keys has: leave one of the two out.");
            if (!HttpSyntax.IsHeaderValue(value)) scope.Error("bad_header_value", at, $"The value of \"{name}\" holds a control or non-ASCII character: no header may.");
        }
    }
}
