using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>Destinations are HTTP addresses, without credentials or a query.</summary>
internal sealed class DestinationAddressRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        for (int i = 0; i < spec.Destinations.Count; i++)
        {
            var address = spec.Destinations[i].Address;
            var problem =
                address.Scheme is not ("http" or "https") ? $"\"{address.Scheme}\" is no legal scheme: write http:// or https://."
                : address.UserInfo.Length > 0 ? "An address holds no credentials: set an Authorization header under rewrite.requestHeaders of the route, with a secret reference."
                : address.Query.Length > 0 || address.Fragment.Length > 0 ? "An address ends with its path: take the query and fragment off."
                : address.Host.Length == 0 ? "The address has no host."
                : null;
            if (problem is not null) scope.Error("bad_address", $"spec.destinations[{i}].address", problem);
        }
    }
}
