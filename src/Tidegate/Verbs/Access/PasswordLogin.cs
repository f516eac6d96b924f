using Tidegate.Cli;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary>From a password to a token of one's own: log in, make the token, log out.</summary>
internal static class PasswordLogin
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    public static async Task<string> TokenAsync(VerbContext context, Uri address, string user)
    {
        using var client = context.Connect(address, null);
        using var login = await client.SendAsync(
            new(HttpMethod.Post, "login") { Content = JsonContent.Create(new LoginRequest(user, AccessOptions.AskPassword(context, $"Password of {user}: ")), options: ApiJson.Options) },
            HttpCompletionOption.ResponseContentRead,
            context.Cancel);
        var session = await login.Content.ReadFromJsonAsync<LoginAnswer>(ApiJson.Options, context.Cancel);
        var cookie = login.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        var wanted = new TokenRequest($"login on {Environment.MachineName}", ExpiresAt: context.Time.GetUtcNow() + Life);
        using var made = await client.SendAsync(InSession(HttpMethod.Post, "tokens", wanted, address, cookie, session!.Csrf), HttpCompletionOption.ResponseContentRead, context.Cancel);
        var token = await made.Content.ReadFromJsonAsync<TokenIssued>(ApiJson.Options, context.Cancel);
        using (await client.SendAsync(InSession(HttpMethod.Post, "logout", new { }, address, cookie, session.Csrf), HttpCompletionOption.ResponseContentRead, context.Cancel)) { }
        return token!.Secret;
    }

    private static HttpRequestMessage InSession<T>(HttpMethod method, string path, T body, Uri address, string cookie, string csrf) => new(method, path)
    {
        Content = JsonContent.Create(body, options: ApiJson.Options),
        Headers = { { "Cookie", cookie }, { "X-Tidegate-Csrf", csrf }, { "Origin", address.GetLeftPart(UriPartial.Authority) } },
    };
}
