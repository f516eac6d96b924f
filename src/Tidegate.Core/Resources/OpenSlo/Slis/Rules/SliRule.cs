using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slis.Rules;

/// <summary>An indicator of its own.</summary>
internal sealed class SliRule : ResourceRule<SliConfig>
{
    public override void Check(SliConfig spec, ResourceScope scope) => SliCheck.Check(spec, "spec", scope);
}
