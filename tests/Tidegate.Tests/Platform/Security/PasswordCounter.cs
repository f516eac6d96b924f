using Microsoft.Extensions.DependencyInjection;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Passwords;

namespace Tidegate.Tests.Platform.Security;

/// <summary>The gate of passwords, noting what each comparison has to compute: scheme and iterations, bytes of salt and of hash.</summary>
internal sealed class PasswordCounter : Module
{
    public override string Name => "PasswordCounter";

    public List<(string Scheme, int Salt, int Hash)> Asked { get; } = [];

    public override void Register(IServiceCollection services, ProcessOptions options) =>
        services.AddSingleton(provider => new PasswordGate(provider.GetRequiredService<PasswordCost>(), (password, stored) =>
        {
            var parts = stored.Split('$');
            Asked.Add((parts[0] + '$' + parts[1], Convert.FromBase64String(parts[2]).Length, Convert.FromBase64String(parts[3]).Length));
            return PasswordHash.Verify(password, stored);
        }));
}
