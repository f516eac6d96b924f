namespace Tidegate.Demo;

/// <summary>The callers' keys of the demo: public on purpose, and only good where the demo runs. Their hashes are in demo/consumers.yaml.</summary>
internal static class DemoKeys
{
    public const string Web = "tg_demo_web_not_a_secret";
    public const string Mobile = "tg_demo_mobile_not_a_secret";
    public const string Partner = "tg_demo_partner_not_a_secret";
}
