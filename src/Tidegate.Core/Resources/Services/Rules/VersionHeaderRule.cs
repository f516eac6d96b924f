using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>The header that names the version can be one.</summary>
internal sealed class VersionHeaderRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        if (spec.VersionHeader is not { } name) return;
        if (!HttpSyntax.IsToken(name)) scope.Error("bad_name", "spec.versionHeader", $"\"{Reading.Echo.Of(name)}\" is no legal name of a header: use letters, digits and '-'.");
        else if (HttpSyntax.IsFraming(name)) scope.Error("bad_name", "spec.versionHeader", $"{name} says how a message is framed, not which version answered: name another header.");
    }
}
