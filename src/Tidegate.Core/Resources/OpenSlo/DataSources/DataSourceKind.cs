using Tidegate.Core.Resources.OpenSlo.DataSources.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.DataSources;

internal sealed class DataSourceKind : OpenSloKind<DataSourceConfig>
{
    protected override IReadOnlyList<ResourceRule<DataSourceConfig>> Rules { get; } = [new DataSourceRule()];
}
