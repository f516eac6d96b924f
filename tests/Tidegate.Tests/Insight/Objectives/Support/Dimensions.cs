namespace Tidegate.Tests.Insight.Objectives.Support;

/// <summary>Documents that say what calls do not: regions of destinations and of providers, teams of consumers.</summary>
internal static class Dimensions
{
    /// <summary>Destinations <c>near</c> (eu) and <c>far</c> (us) of <c>orders</c>, consumers <c>shop</c> and <c>kiosk</c> (sales) and <c>app</c> (mobile), providers <c>openai</c> (us) and <c>local</c> (eu).</summary>
    public const string Documents = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{name: near, address: "http://127.0.0.1:9", region: eu}, {name: far, address: "http://127.0.0.1:8", region: us}]}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: shop}
        spec: {team: sales}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: kiosk}
        spec: {team: sales}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: app}
        spec: {team: mobile}
        ---
        apiVersion: tidegate/v1
        kind: Provider
        metadata: {name: openai}
        spec: {vendor: openai, region: us, keys: [{name: k, secret: "${env:KEY}"}]}
        ---
        apiVersion: tidegate/v1
        kind: Provider
        metadata: {name: local}
        spec: {vendor: openai, region: eu, keys: [{name: k, secret: "${env:KEY}"}]}

        """;
}
