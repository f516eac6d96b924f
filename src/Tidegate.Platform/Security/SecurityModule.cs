using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Endpoints;
using Tidegate.Platform.Security.Keys;
using Tidegate.Platform.Security.Login;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Sessions;
using Tidegate.Platform.Security.Start;
using Tidegate.Platform.Security.Tokens;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security;

/// <summary>Who may use the admin port (people, tokens) and with which keys callers come to the traffic port.</summary>
public sealed class SecurityModule : Module
{
    /// <summary>What everybody may who has proven who they are, whatever their scopes.</summary>
    public static Permission Self { get; } = new("self", Role.Viewer, "See who one is, log out, change one's own password.");

    /// <summary>People.</summary>
    public static Permission UsersManage { get; } = new("users.manage", Role.Admin, "List, add, change and remove users.");

    /// <summary>One's own tokens.</summary>
    public static Permission TokensOwn { get; } = new("tokens.own", Role.Viewer, "List, make and revoke one's own API tokens.");

    /// <summary>Everybody's tokens.</summary>
    public static Permission TokensManage { get; } = new("tokens.manage", Role.Admin, "List and revoke everybody's API tokens.");

    /// <summary>Seeing caller keys.</summary>
    public static Permission KeysRead { get; } = new("keys.read", Role.Viewer, "List caller keys (never the keys themselves).");

    /// <summary>Issuing caller keys.</summary>
    public static Permission KeysManage { get; } = new("keys.manage", Role.Operator, "Issue, rotate, expire and revoke caller keys.");

    /// <inheritdoc />
    public override string Name => "Security";

    /// <inheritdoc />
    public override IReadOnlyList<Permission> Permissions => [Self, UsersManage, TokensOwn, TokensManage, KeysRead, KeysManage];

    /// <inheritdoc />
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(PasswordCost.Default).AddSingleton(provider => new PasswordGate(provider.GetRequiredService<PasswordCost>(), PasswordHash.Verify));
        services.AddSingleton<CredentialCache>().AddSingleton<LoginThrottle>().AddSingleton<LoginAudit>().AddSingleton<LoginCheck>().AddSingleton<Authenticator>();
        services.AddSingleton<UserStore>().AddSingleton<SessionStore>().AddSingleton<TokenStore>().AddSingleton<KeyStore>();
        services.AddSingleton(static provider => new TokenCheck(provider.GetRequiredService<Authenticator>()));
        services.AddSingleton<FirstLogin>().AddSingleton<UnshownMark>();
        services.AddHostedService<FirstStart>();
        services.AddSingleton<LastUsed>();
        services.AddHostedService(provider => provider.GetRequiredService<LastUsed>());
        // With SQLite nobody else writes; asking is then only for the case that the first load failed.
        var interval = options.Database is null ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(3);
        services.AddSingleton(provider => new IssuedKeys(
            provider.GetRequiredService<StateStore>(), provider.GetRequiredService<TimeProvider>(), interval, provider.GetRequiredService<ILogger<IssuedKeys>>()));
        services.AddSingleton<IIssuedKeys>(provider => provider.GetRequiredService<IssuedKeys>());
        services.AddHostedService(provider => provider.GetRequiredService<IssuedKeys>());
        services.AddSingleton<IDurableState, SecurityState>();
    }

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder api)
    {
        var permissions = api.ServiceProvider.GetRequiredService<IReadOnlyList<Module>>().SelectMany(module => module.Permissions).ToList();
        LoginEndpoints.Map(api, permissions);
        UserEndpoints.Map(api);
        TokenEndpoints.Map(api, permissions);
        KeyEndpoints.Map(api);
    }

    /// <inheritdoc />
    public override void Tables(ModelBuilder model)
    {
        model.Entity<User>(table =>
        {
            table.ToTable("security_users");
            table.HasKey(user => user.Name);
            table.Property(user => user.Role).HasConversion(role => RoleWord.Of(role), word => RoleWord.Parse(word));
        });
        model.Entity<Session>(table =>
        {
            table.ToTable("security_sessions");
            table.HasIndex(session => session.Sha256).IsUnique();
            table.HasOne<User>().WithMany().HasForeignKey(session => session.User).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ApiToken>(table =>
        {
            table.ToTable("security_tokens");
            table.HasIndex(token => token.Sha256).IsUnique();
            table.HasIndex(token => token.Owner);
            table.Property(token => token.Role).HasConversion(role => RoleWord.Of(role), word => RoleWord.Parse(word));
        });
        model.Entity<CallerKey>(table =>
        {
            table.ToTable("security_keys");
            table.HasIndex(key => key.Sha256).IsUnique();
            table.HasIndex(key => key.Version);
            table.HasIndex(key => key.Consumer);
        });
    }
}
