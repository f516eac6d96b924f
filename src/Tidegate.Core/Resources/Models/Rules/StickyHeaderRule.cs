using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Models.Rules;

/// <summary>The header that names a conversation can be sent.</summary>
internal sealed class StickyHeaderRule : ResourceRule<ModelConfig>
{
    public override void Check(ModelConfig spec, ResourceScope scope)
    {
        if (spec.Sticky?.Header is { } header && !HttpSyntax.IsToken(header)) scope.Error("bad_name", "spec.sticky.header", $"\"{header}\" is no legal name of a header.");
    }
}
