using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary><c>consistentHash</c> knows what it hashes.</summary>
internal sealed class HashRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        var hash = spec.Balancing.Hash;
        if (hash.By is HashSource.Header or HashSource.Cookie)
        {
            if (hash.Name is null) scope.Error("missing_key", "spec.balancing.hash.name", $"Give the name of the {hash.By.ToString().ToLowerInvariant()} to hash.");
            else if (!HttpSyntax.IsToken(hash.Name)) scope.Error("bad_name", "spec.balancing.hash.name", $"\"{hash.Name}\" is no legal name of a header or cookie.");
        }
        else if (hash.Name is not null)
        {
            scope.Warning("unused_key", "spec.balancing.hash.name", "The name is not used: only by: header and by: cookie have one.");
        }

        if (spec.Balancing.Policy != "consistentHash" && (hash.By != HashSource.Ip || hash.Name is not null))
            scope.Warning("unused_key", "spec.balancing.hash", $"The hash is not used: the policy is {spec.Balancing.Policy}, not consistentHash.");
    }
}
