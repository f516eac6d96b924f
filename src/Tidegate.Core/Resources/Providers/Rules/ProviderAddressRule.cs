using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Providers.Rules;

/// <summary>There is an address, and keys do not travel in clear.</summary>
internal sealed class ProviderAddressRule : ResourceRule<ProviderConfig>
{
    public override void Check(ProviderConfig spec, ResourceScope scope)
    {
        if (spec.Address is not { } address)
        {
            if (Vendors.WithoutAddress.Contains(spec.Vendor, StringComparer.Ordinal)) scope.Error("required", "spec.address", $"Give the address: {spec.Vendor} has no public one.");
            return;
        }

        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")) scope.Error("bad_address", "spec.address", "Give an http:// or https:// address, for example https://api.openai.com/v1.");
        else if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0) scope.Error("bad_address", "spec.address", "Give scheme, host, port and path only: keys stand in spec.keys.");
        else if (address.Scheme == "http" && !address.IsLoopback && spec.Keys.Count > 0) scope.Warning("key_in_clear", "spec.address", "Keys and conversations travel unencrypted: use https.");
    }
}
