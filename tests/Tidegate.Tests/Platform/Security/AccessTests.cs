using System.Net.Sockets;
using System.Text;
using Tidegate.Core.Credentials;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Security;

public sealed class AccessOnSqliteTests() : AccessTests(new SqliteTestDatabase());

public sealed class AccessOnPostgresTests(PostgresServer server) : AccessTests(new PostgresTestDatabase(server));

/// <summary>Who gets through the admin port, tried as an attacker would.</summary>
public abstract class AccessTests(TestDatabase database) : SecurityScenario(database)
{
    [Fact]
    public async Task Request_NoCredential_Is401AndSaysHow()
    {
        var (status, body, answer) = await Port.Client().GetAsJsonAsync("probe/look");

        Assert.Equal(401, status);
        Assert.Equal("login_required", body!["code"]!.GetValue<string>());
        Assert.Equal("Bearer realm=\"tidegate\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(0, Probe.Reached);
    }

    [Fact]
    public async Task Request_Token_ActsAsItsOwner()
    {
        var (status, body, _) = await Port.Admin().GetAsJsonAsync("probe/look");

        Assert.Equal(200, status);
        Assert.Equal(("token", "admin", "127.0.0.1"), (body!["kind"]!.GetValue<string>(), body["name"]!.GetValue<string>(), body["address"]!.GetValue<string>()));
        Assert.StartsWith("t_", body["credential"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_EndpointWithoutPermission_IsRefusedToEverybody()
    {
        Assert.Equal(401, (await Port.Client().GetAsJsonAsync("probe/forgotten")).Status);
        var (status, body, _) = await Port.Admin().GetAsJsonAsync("probe/forgotten");

        Assert.Equal((403, "no_permission_named"), (status, body!["code"]!.GetValue<string>()));
        Assert.Equal(0, Probe.Reached);
    }

    [Fact]
    public async Task Request_RoleTooLow_Is403AndNamesThePermission()
    {
        using var viewer = Port.Client(await UserAsync("vera", "viewer"));

        Assert.Equal(200, (await viewer.GetAsJsonAsync("probe/look")).Status);
        var (status, body, answer) = await viewer.PostAsJsonAsync("probe/turn", null);

        Assert.Equal(403, status);
        Assert.Equal("permission probe.turn", body!["resource"]!.GetValue<string>());
        Assert.Contains("role operator", body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("scope=\"probe.turn\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_RolesIncludeThoseBelow()
    {
        using var op = Port.Client(await UserAsync("olga", "operator"));

        Assert.Equal(200, (await op.GetAsJsonAsync("probe/look")).Status);
        Assert.Equal(200, (await op.PostAsJsonAsync("probe/turn", null)).Status);
        Assert.Equal(403, (await op.PostAsJsonAsync("probe/break", null)).Status);
        Assert.Equal(200, (await Port.Admin().PostAsJsonAsync("probe/break", null)).Status);
    }

    [Fact]
    public async Task Request_TokenInTheAddress_IsRefusedEvenWithAGoodHeader()
    {
        foreach (var query in new[] { $"probe/look?token={Port.First!.Token}", $"probe/look?a=b&x={Port.First.Token}", $"probe/open?access_token={Port.First.Token}", $"no/such/path?t={Port.First.Token}" })
        {
            var (status, body, _) = await Port.Admin().GetAsJsonAsync(query);
            Assert.Equal((400, "token_in_query"), (status, body!["code"]!.GetValue<string>()));
            Assert.DoesNotContain(Port.First.Token, body.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, Probe.Reached);
    }

    [Fact]
    public async Task Authorization_Forms_OnlyABearerTokenPasses()
    {
        (string header, int expected)[] cases =
        [
            ("Bearer TOKEN", 200),
            ("bearer TOKEN", 200),
            ("BEARER  TOKEN ", 200),
            ("Bearer", 401),
            ("Bearer ", 401),
            ("TOKEN", 401),
            ("Basic TOKEN", 401),
            ("Bearer TOKEN,Bearer TOKEN", 401),
            ("Bearer TOKEN TOKEN", 401),
            ("Bearer \"TOKEN\"", 401),
            ("BearerTOKEN", 401),
            ("Bearer\tTOKEN", 401),
        ];
        foreach (var (header, expected) in cases)
        {
            var (status, _) = await RawAsync($"GET /api/v1/probe/look HTTP/1.1\r\nHost: {Port.Address.Authority}\r\nAuthorization: {header.Replace("TOKEN", Port.First!.Token)}\r\nConnection: close\r\n\r\n");

            Assert.Equal((header, expected), (header, status));
        }
    }

    [Fact]
    public async Task Authorization_TwoHeaders_IsRefused()
    {
        var good = $"Authorization: Bearer {Port.First!.Token}\r\n";
        var (status, _) = await RawAsync($"GET /api/v1/probe/look HTTP/1.1\r\nHost: {Port.Address.Authority}\r\n{good}{good}Connection: close\r\n\r\n");

        Assert.Equal(401, status);
    }

    [Fact]
    public async Task Authorization_BadTokenBesideAGoodCookie_IsNotRescuedByTheCookie()
    {
        await UserAsync("ada", "operator");
        using var browser = await LoginAsync("ada");
        Assert.Equal(200, (await browser.GetAsJsonAsync("probe/look")).Status);

        var (status, _, _) = await browser.CallAsync(HttpMethod.Get, "probe/look", null, ("Authorization", $"Bearer {CredentialText.Create(CredentialText.Token)}"));

        Assert.Equal(401, status);
    }

    [Fact]
    public async Task Authorization_KindsOfWrongToken_AreExplainedWithoutLookup()
    {
        var typo = Port.First!.Token[..^1] + (Port.First.Token[^1] == 'a' ? 'b' : 'a');
        Assert.Contains("characters are missing or wrong", await DetailAsync(typo), StringComparison.Ordinal);
        Assert.Contains("for the traffic port", await DetailAsync(CredentialText.Create(CredentialText.Key)), StringComparison.Ordinal);
        Assert.Contains("revoked, has expired or belongs to another", await DetailAsync(CredentialText.Create(CredentialText.Token)), StringComparison.Ordinal);
        // A session is no token.
        Assert.Contains("characters are missing or wrong", await DetailAsync(CredentialText.Create(CredentialText.Session)), StringComparison.Ordinal);

        async Task<string> DetailAsync(string token)
        {
            var (status, body, answer) = await Port.Client(token).GetAsJsonAsync("probe/look");
            Assert.Equal(401, status);
            Assert.Contains("error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            return body!["detail"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task Request_HeaderTricks_ChangeNothing()
    {
        (string header, string value)[] cases =
        [
            ("X-Forwarded-For", "10.9.8.7"),
            ("X-HTTP-Method-Override", "GET"),
            ("X-Original-URL", "/api/v1/probe/open"),
            ("X-Rewrite-URL", "/livez"),
            ("X-Forwarded-User", "admin"),
            ("X-Tidegate-Csrf", "x"),
        ];
        foreach (var (header, value) in cases)
        {
            Assert.Equal(401, (await Port.Client().CallAsync(HttpMethod.Post, "probe/turn", "{}", (header, value))).Status);
            var (_, body, _) = await Port.Admin().CallAsync(HttpMethod.Get, "probe/look", null, (header, value));
            Assert.Equal("127.0.0.1", body!["address"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Request_PathTricks_NeverReachAnything()
    {
        string[] cases =
        [
            "/api/v1/probe/look/",
            "/API/V1/PROBE/LOOK",
            "/api/v1/probe/%6cook",
            "/api/v1/./probe/look",
            "/api/v1/probe/open/../look",
            "/api/v1//probe/look",
            "/api/v1/probe/look%2f..%2fopen",
        ];
        foreach (var path in cases)
        {
            await RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            Assert.Equal(0, Probe.Reached);
        }
    }

    [Fact]
    public async Task Request_WrongMethodOrPath_IsTheFrameworksAnswer()
    {
        Assert.Equal(405, (await Port.Client().PostAsJsonAsync("probe/look", null)).Status);
        Assert.Equal(404, (await Port.Client().GetAsJsonAsync("probe/nothing")).Status);
    }

    [Fact]
    public async Task Request_WithoutLoginEndpoint_Passes() => Assert.Equal(200, (await Port.Client().GetAsJsonAsync("probe/open")).Status);

    [Fact]
    public async Task Cookie_UnsafeRequest_MustComeFromOurOwnPage()
    {
        (string? site, string? origin, int expected)[] cases =
        [
            ("same-origin", null, 200),
            (null, "SELF", 200),
            ("same-origin", "SELF", 200),
            (null, null, 403),
            ("cross-site", null, 403),
            ("same-site", null, 403),
            ("none", null, 403),
            ("same-origin", "http://evil.example", 403),
            (null, "http://evil.example", 403),
            (null, "null", 403),
            (null, "http://127.0.0.1", 403),
            (null, "SELF.evil.example", 403),
        ];
        await UserAsync("ada", "operator");
        using var browser = await LoginAsync("ada");
        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        foreach (var (site, origin, expected) in cases)
        {
            var headers = new List<(string, string)>();
            if (site is not null) headers.Add(("Sec-Fetch-Site", site));
            if (origin is not null) headers.Add(("Origin", origin.Replace("SELF", Port.Address.GetLeftPart(UriPartial.Authority))));

            Assert.Equal((site, origin, expected), (site, origin, (await browser.PostAsJsonAsync("probe/turn", null, [.. headers])).Status));
        }
    }

    [Fact]
    public async Task Cookie_UnsafeRequestWithoutCsrfWord_IsRefused()
    {
        await UserAsync("ada", "operator");
        using var browser = await LoginAsync("ada");
        var word = browser.DefaultRequestHeaders.GetValues("X-Tidegate-Csrf").Single();
        browser.DefaultRequestHeaders.Remove("X-Tidegate-Csrf");

        Assert.Equal((403, "csrf"), Code(await browser.PostAsJsonAsync("probe/turn", null)));
        Assert.Equal((403, "csrf"), Code(await browser.PostAsJsonAsync("probe/turn", null, ("X-Tidegate-Csrf", word[..^1] + "0x"))));
        Assert.Equal((403, "csrf"), Code(await browser.PostAsJsonAsync("probe/turn", null, ("X-Tidegate-Csrf", word), ("X-Tidegate-Csrf", word))));
        Assert.Equal(200, (await browser.GetAsJsonAsync("probe/look")).Status);
        Assert.Equal(200, (await browser.PostAsJsonAsync("probe/turn", null, ("X-Tidegate-Csrf", word))).Status);
    }

    [Fact]
    public async Task Token_LimitedToScopes_MayNothingElse()
    {
        var (_, body, _) = await Port.Admin().PostAsJsonAsync("tokens", new { name = "looker", scopes = new[] { "probe.look" } });
        using var looker = Port.Client(body!["secret"]!.GetValue<string>());

        Assert.Equal(200, (await looker.GetAsJsonAsync("probe/look")).Status);
        Assert.Equal(200, (await looker.GetAsJsonAsync("me")).Status);
        var (status, problem, _) = await looker.PostAsJsonAsync("probe/turn", null);
        Assert.Equal(403, status);
        Assert.Contains("limited to other scopes", problem!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(403, (await looker.PostAsJsonAsync("tokens", new { name = "more" })).Status);
        Assert.Equal(403, (await looker.GetAsJsonAsync("users")).Status);
    }

    [Fact]
    public async Task Token_OwnerLosesRole_LosesItToo()
    {
        var token = await UserAsync("olga", "operator");
        using var olga = Port.Client(token);
        Assert.Equal(200, (await olga.PostAsJsonAsync("probe/turn", null)).Status);

        await Port.Admin().CallAsync(HttpMethod.Put, "users/olga/role", new { role = "viewer" });
        Assert.Equal(403, (await olga.PostAsJsonAsync("probe/turn", null)).Status);

        await Port.Admin().CallAsync(HttpMethod.Put, "users/olga/disabled", new { disabled = true });
        Assert.Equal(401, (await olga.GetAsJsonAsync("probe/look")).Status);

        await Port.Admin().CallAsync(HttpMethod.Put, "users/olga/disabled", new { disabled = false });
        Assert.Equal(200, (await olga.GetAsJsonAsync("probe/look")).Status);
    }

    private static (int, string) Code((int Status, System.Text.Json.Nodes.JsonNode? Body, HttpResponseMessage Answer) call) => (call.Status, call.Body!["code"]!.GetValue<string>());

    private async Task<(int Status, string Text)> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Port.Address.Host, Port.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return (int.Parse(text.Split(' ')[1]), text);
    }
}
