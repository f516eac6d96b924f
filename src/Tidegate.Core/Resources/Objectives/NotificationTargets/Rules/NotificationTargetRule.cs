using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Rules;

/// <summary>Messages have somewhere to go.</summary>
internal sealed class NotificationTargetRule : ResourceRule<NotificationTargetConfig>
{
    private const string Path = "spec.channel";

    public override void Check(NotificationTargetConfig spec, ResourceScope scope)
    {
        switch (spec.Channel)
        {
            case WebhookChannelConfig webhook:
                Url(webhook.Url, scope);
                foreach (var name in webhook.Headers.Keys.Where(name => !HttpSyntax.IsToken(name) || HttpSyntax.IsFraming(name)))
                    scope.Error("bad_header", $"{Path}.headers", $"\"{Reading.Echo.Of(name)}\" is no header that can be sent along: remove it.");
                break;
            case SlackChannelConfig slack:
                Url(slack.Url, scope);
                break;
            case TeamsChannelConfig teams:
                Url(teams.Url, scope);
                break;
            case EmailChannelConfig email:
                Email(email, scope);
                break;
        }

        TemplateCheck.Check(spec.Templates.Title, "spec.templates.title", scope);
        TemplateCheck.Check(spec.Templates.Body, "spec.templates.body", scope);
        for (int i = 0; i < spec.Group.By.Count; i++)
        {
            if (!LabelWord.IsLegal(spec.Group.By[i])) scope.Error("bad_name", $"spec.group.by[{i}]", LabelWord.Problem(spec.Group.By[i]));
        }
    }

    private static void Url(string url, ResourceScope scope)
    {
        // A reference may stand for the whole of it.
        if (SecretText.HasReference(url)) return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            scope.Error("bad_address", $"{Path}.url", "Expected an address such as https://host/path, or a secret reference.");
    }

    private static void Email(EmailChannelConfig email, ResourceScope scope)
    {
        for (int i = 0; i < email.To.Count; i++) Address(email.To[i], $"{Path}.to[{i}]", scope);
        Address(email.From, $"{Path}.from", scope);
        if (!HttpSyntax.IsHost(email.Host)) scope.Error("bad_host", $"{Path}.host", $"\"{Reading.Echo.Of(email.Host)}\" is no host: give a name or an address, without port.");
        if (email.Username is null != email.Password is null) scope.Error("both_or_none", Path, "User and password belong together: give both, or none.");
        if (email is { Security: SmtpSecurity.None, Password: not null })
            scope.Warning("password_in_clear", $"{Path}.security", "The password goes over the network in clear: use startTls or tls.");
    }

    private static void Address(string address, string path, ResourceScope scope)
    {
        int at = address.LastIndexOf('@');
        if (at <= 0 || !HttpSyntax.IsHost(address[(at + 1)..]) || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            scope.Error("bad_address", path, $"\"{Reading.Echo.Of(address)}\" is no mail address: give one such as on-call@example.com.");
    }
}
