using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Reading;
using Tidegate.Gateway.Snapshot;
using Tidegate.Platform.ConfigStore.Secrets;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Gateway.Snapshot;

/// <summary>What a node lacks for a document is found without building it.</summary>
public sealed class NodeCheckTests
{
    [Fact]
    public void Check_FilesAndCredentialsThisNodeCannotUse_OneFindingEach()
    {
        using var files = new TlsFiles("orders.internal");
        using var data = new TempDirectory();
        File.WriteAllText(data.Combine("account"), "{\"type\":\"service_account\"}");
        var document = DocumentReader.Read("a.yaml", $$"""
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: good }
            spec: { destinations: [ { address: 'https://a' } ], tls: { caFile: '{{files.CaFile}}', certificateFile: '{{files.CertificateFile}}', keyFile: '{{files.KeyFile}}' } }
            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: gone }
            spec: { destinations: [ { address: 'https://a' } ], tls: { caFile: /nowhere/ca.pem } }
            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: garbage }
            spec: { destinations: [ { address: 'https://a' } ], tls: { certificateFile: '{{data.Combine("account")}}', keyFile: '{{files.KeyFile}}' } }
            ---
            apiVersion: tidegate/v1
            kind: Route
            metadata: { name: tokens }
            spec: { service: good, identify: { jwt: [ { issuer: 'https://i/', audiences: [ a ], jwksFile: '{{data.Combine("account")}}' }, { issuer: 'https://j/', audiences: [ a ], jwksFile: /nowhere/jwks.json } ] } }
            ---
            apiVersion: tidegate/v1
            kind: Provider
            metadata: { name: gone }
            spec: { vendor: openai, keys: [ { name: k, secret: '${env:TIDEGATE_NO_SUCH_THING}' } ], tls: { caFile: /nowhere/ca.pem } }
            ---
            apiVersion: tidegate/v1
            kind: Provider
            metadata: { name: unreadable }
            spec: { vendor: vertex, project: p, region: r, keys: [ { name: k, secret: '${file:{{data.Combine("account")}}}' } ] }
            """);
        Assert.Empty(document.Findings);

        INodeCheck check = new NodeCheck(new NodeSecrets(data.Path));
        var findings = check.Check(document.Document!);

        Assert.Equal(
            [
                ("Service/garbage", "tls_file", "spec.tls.certificateFile"), ("Service/gone", "tls_file", "spec.tls.caFile"),
                ("Provider/gone", "tls_file", "spec.tls.caFile"), ("Provider/unreadable", "bad_key", "spec.keys[0].secret"), ("Route/tokens", "no_key_set", "spec.identify.jwt[1].jwksFile"),
            ],
            findings.Select(f => (f.Resource, f.Code, f.Path)));
    }
}
