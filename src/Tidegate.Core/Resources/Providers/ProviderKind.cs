using Tidegate.Core.Resources.Providers.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Providers;

internal sealed class ProviderKind : ResourceKind<ProviderConfig>
{
    protected override IReadOnlyList<ResourceRule<ProviderConfig>> Rules { get; } =
    [
        new VendorRule(),
        new ProviderAddressRule(),
        new ProviderKeyRule(),
        new ProviderModelRule(),
        new ProviderHeaderRule(),
    ];
}
