using Tidegate.Cli;

namespace Tidegate.Verbs;

/// <summary><c>tidegate logout</c>.</summary>
internal sealed class LogoutVerb : Verb
{
    public LogoutVerb()
        : base("logout", "Forget the token of a Tidegate on this machine; 'tidegate tokens' revokes it.") => Options.Add(CommonOptions.Address);

    public override Task<int> RunAsync(VerbContext context)
    {
        var address = AdminAddress.Find(context, context.Get(CommonOptions.Address));
        var profile = context.Profiles.Read();
        if (profile.TokenFor(address) is null)
        {
            context.Say($"Not logged in at {address}.");
            return Task.FromResult(ExitCode.Ok);
        }

        context.Profiles.Write(profile.Without(address));
        context.Say($"Forgot the token for {address}.");
        return Task.FromResult(ExitCode.Ok);
    }
}
