using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Secrets;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Identify.Tokens;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Snapshot;

/// <summary>The part of building a snapshot that depends on the machine, alone: 10,000 routes need not be built to see that a file is missing.</summary>
internal sealed class NodeCheck(ISecretSource secrets) : INodeCheck
{
    public IReadOnlyList<Finding> Check(ConfigDocument document)
    {
        var findings = new FindingList();
        foreach (var service in document.Services) UpstreamTls.Load(service, service.Spec.Tls, findings);
        foreach (var provider in document.Providers)
        {
            UpstreamTls.Load(provider, provider.Spec.Tls, findings);
            Keys(provider, findings);
        }

        foreach (var route in document.Routes) KeySets(route, findings);
        return findings.All;
    }

    private static void KeySets(Resource<RouteConfig> route, FindingList findings)
    {
        for (var i = 0; i < route.Spec.Identify.Jwt.Count; i++)
            if (route.Spec.Identify.Jwt[i].JwksFile is { } file && FileKeySetReader.ProblemOf(file) is { } problem) findings.Error(route, "no_key_set", $"spec.identify.jwt[{i}].jwksFile", problem);
    }

    private void Keys(Resource<ProviderConfig> provider, FindingList findings)
    {
        if (VendorList.Find(provider.Spec.Vendor) is not { } vendor) return;
        for (int i = 0; i < provider.Spec.Keys.Count; i++)
        {
            if (!SecretText.TryExpand(provider.Spec.Keys[i].Secret, secrets, out var secret, out _)) continue;
            vendor.Exchange(secret.Trim(), out var problem);
            if (problem is not null) findings.Error(provider, "bad_key", $"spec.keys[{i}].secret", problem);
        }
    }
}
