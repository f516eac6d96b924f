namespace Tidegate.Demo;

/// <summary>Somebody who calls: how often, with which key, for what.</summary>
/// <param name="Name">For people.</param>
/// <param name="Key">API key; null for none.</param>
/// <param name="PerSecond">Mean calls a second; arrivals do not wait for answers.</param>
/// <param name="Calls">One of them is picked each time.</param>
internal sealed record DemoCaller(string Name, string? Key, double PerSecond, IReadOnlyList<DemoCall> Calls)
{
    private static readonly DemoCall Order = DemoCall.Post("/orders", """{"product":"anchor","amount":1}""");

    /// <summary>The mix: mostly fine, some slow, some refused.</summary>
    public static IReadOnlyList<DemoCaller> All { get; } =
    [
        new("web", DemoKeys.Web, 6, [DemoCall.Get("/products"), DemoCall.Get("/products/anchor"), DemoCall.Get("/products/buoy"), Order]),
        new("mobile", DemoKeys.Mobile, 4, [DemoCall.Get("/products"), DemoCall.Get("/products/compass"), DemoCall.Get("/products/kraken"), Order]),
        new("partner, over its limit", DemoKeys.Partner, 4, [DemoCall.Get("/products")]),
        new("partner's reports, slow", DemoKeys.Web, 0.6, [DemoCall.Get("/reports/turnover")]),
        new("stranger without a key", null, 0.6, [DemoCall.Get("/products"), Order]),
        new("scanner", null, 0.4, [DemoCall.Get("/wp-login.php"), DemoCall.Get("/.env")]),
        new("assistant, in two formats and by a prompt", DemoKeys.Web, 0.8,
        [
            DemoCall.Post("/v1/chat/completions", """{"model":"assistant","messages":[{"role":"user","content":"Which anchor for a dinghy?"}]}"""),
            DemoCall.Post("/v1/chat/completions", """{"model":"assistant","stream":true,"messages":[{"role":"user","content":"Explain tides."}]}"""),
            DemoCall.Post("/v1/messages", """{"model":"assistant","max_tokens":200,"messages":[{"role":"user","content":"Name three knots."}]}"""),
            DemoCall.Post("/v1/prompts/advice", """{"question":"Which rope for a mooring?"}"""),
        ]),
    ];
}
